import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repositoryRoot } from '@credit/platform';
import type { Row } from '../row';

const loadMs = { short: 6_000, usual: 60_000, long: 600_000 } as const;
const share = 0.05;
const uncertain = join(tmpdir(), `credit-uncertain-${process.pid}`);

/** 2 — the database did what it was asked, and the service is told that it failed. */
export const uncertainAnswers: Row = {
  no: 2,
  what: 'calls of the database that are done and reported as failed',
  needs: { environment: { NODE_OPTIONS: `--require ${join(repositoryRoot(), 'tools/faults/uncertain-answers.cjs')}`, UNCERTAIN_WHILE: uncertain, UNCERTAIN_SHARE: String(share) } },
  async run(town, length) {
    const load = town.load('uncertain').start(4);
    writeFileSync(uncertain, '');
    try {
      await new Promise((resolve) => setTimeout(resolve, loadMs[length]));
    } finally {
      rmSync(uncertain, { force: true });
    }
    await load.stop();
    const seconds = await town.caughtUp(load.mark);
    return {
      injected: `${share * 100} % of all answers for ${loadMs[length] / 1000} s`,
      acknowledged: load.acknowledged.length,
      recoveredSeconds: seconds,
      verdicts: await town.verdicts(load),
    };
  },
};
