import { randomInt } from 'node:crypto';
import type { Row } from '../row';

const kills = { short: 3, usual: 200, long: 1_000 } as const;
const mostSeconds = 10;

/** 1 — any service is killed at any moment and started again by whoever watches over it. */
export const killedServices: Row = {
  no: 1,
  what: 'kill -9 of a service at random',
  async run(town, length) {
    const load = town.load('kill').start(4);
    let slowest = 0;
    for (let kill = 0; kill < kills[length]; kill += 1) {
      const victim = town.system.processes[randomInt(town.system.processes.length)];
      if (!victim) throw new Error('no process');
      await new Promise((resolve) => setTimeout(resolve, randomInt(400)));
      const began = performance.now();
      await town.system.restart(victim, 'SIGKILL');
      slowest = Math.max(slowest, (performance.now() - began) / 1000);
    }
    await load.stop();
    await town.caughtUp(load.mark);
    const verdicts = await town.verdicts(load);
    return {
      injected: `${kills[length]} kills`,
      acknowledged: load.acknowledged.length,
      recoveredSeconds: slowest,
      verdicts: [...verdicts, { name: `serving again in ${mostSeconds} s`, ok: slowest <= mostSeconds, detail: `${slowest.toFixed(1)} s`, timed: true }],
    };
  },
};
