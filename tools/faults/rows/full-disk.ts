import type { Row } from '../row';

const fullMs = { short: 4_000, usual: 20_000, long: 60_000 } as const;
const rounds = { short: 1, usual: 3, long: 10 } as const;
const loadMs = 1_500;
const mostSeconds = 30;
const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** 10 — the disk of the database is full, and later is not. */
export const fullDisk: Row = {
  no: 10,
  what: 'the disk of the database full',
  needs: { disk: true },
  async run(town, length) {
    const { disk } = town;
    if (!disk) throw new Error('this row needs a disk of its own, which only an administrator of the machine may mount');
    const load = town.load('disk').start(4);
    const refusals = new Set<string>();
    let [slowest, tries] = [0, 0];
    for (let round = 0; round < rounds[length]; round += 1) {
      await pause(loadMs);
      disk.fill();
      for (const until = performance.now() + fullMs[length]; performance.now() < until; await pause(100)) {
        const code = await town.refusal(town.appointment(`${load.mark}-refused-${(tries += 1)}`)).catch(() => undefined);
        if (code) refusals.add(code);
      }
      disk.empty();
      const [began, before] = [performance.now(), load.acknowledged.length];
      while (load.acknowledged.length === before && performance.now() - began < 2_000 * mostSeconds) await pause(20);
      slowest = Math.max(slowest, (performance.now() - began) / 1000);
    }
    await load.stop();
    await town.lookAgain();
    await town.caughtUp(load.mark);
    const others = [...refusals].filter((code) => code !== 'storage.unavailable' && code !== 'peer.unavailable');
    return {
      injected: `${rounds[length]} × ${fullMs[length] / 1000} s`,
      acknowledged: load.acknowledged.length,
      recoveredSeconds: slowest,
      verdicts: [
        ...(await town.verdicts(load)),
        { name: 'writes are refused as “storage unavailable” (503)', ok: refusals.has('storage.unavailable') && others.length === 0, detail: [...refusals].join(', ') },
        { name: `served again in ${mostSeconds} s`, ok: slowest <= mostSeconds, detail: `${slowest.toFixed(1)} s`, timed: true },
      ],
    };
  },
};
