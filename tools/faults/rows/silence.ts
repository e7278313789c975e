import type { Outcome, Row } from '../row';
import type { Town } from '../town';

/** How long nothing answers. */
const silentMs = { short: 6_000, usual: 30_000, long: 30_000 } as const;
const rounds = { short: 1, usual: 3, long: 20 } as const;
const loadMs = 1_500;
const mostSeconds = 30;
const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** One side of the system falls silent: connections stay open and nobody answers; afterwards only new connections work. */
async function silence(town: Town, cable: number, length: keyof typeof silentMs): Promise<Outcome> {
  const load = town.load('silence').start(4);
  let slowest = 0;
  for (let round = 0; round < rounds[length]; round += 1) {
    await pause(loadMs);
    town.cables[cable]?.silence();
    await pause(silentMs[length]);
    town.cables[cable]?.mend();
    const [began, before] = [performance.now(), load.acknowledged.length];
    while (load.acknowledged.length === before && performance.now() - began < 2_000 * mostSeconds) await pause(20);
    slowest = Math.max(slowest, (performance.now() - began) / 1000);
  }
  await load.stop();
  const began = performance.now();
  await town.caughtUp(load.mark);
  slowest = Math.max(slowest, (performance.now() - began) / 1000);
  return {
    injected: `${rounds[length]} × ${silentMs[length] / 1000} s`,
    acknowledged: load.acknowledged.length,
    recoveredSeconds: slowest,
    verdicts: [...(await town.verdicts(load)), { name: `served and caught up again in ${mostSeconds} s`, ok: slowest <= mostSeconds, detail: `${slowest.toFixed(1)} s`, timed: true }],
  };
}

/** 9 — half-open connections to the database, and to the queues on it. */
export const silentDatabase: Row = {
  no: 9,
  what: 'the database silent: connections stay open, nobody answers',
  needs: { cables: true },
  run: (town, length) => silence(town, 0, length),
};

/** 9 — the same between the services and Redis. */
export const silentQueue: Row = {
  no: 9,
  what: 'the queue silent: connections stay open, nobody answers',
  needs: { queues: 'redis', cables: true },
  run: (town, length) => silence(town, 1, length),
};
