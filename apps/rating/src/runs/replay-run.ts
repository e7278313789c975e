import type { Actor } from '@credit/platform';
import { UnitOfWork, Vault } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { replayed } from './replay-result';
import { ResultStore } from './result.store';
import { RunStore } from './run.store';

const pageSize = 500;

export interface RunReplay {
  readonly compared: number;
  readonly same: number;
  /** 资料已依法删除 */
  readonly erased: number;
  /** Ids of results that came out otherwise. */
  readonly differing: readonly string[];
}

/** 整批重算核对 — every result of a run from what was kept with it, page by page. */
@Injectable()
export class ReplayRun {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
  ) {}

  async execute(actor: Actor, runId: string): Promise<RunReplay> {
    const sums = { compared: 0, same: 0, erased: 0, differing: [] as string[] };
    for (let after: string | null = null; ; ) {
      const from: string | null = after;
      const last = await this.work.read(actor, async (tx) => {
        const run = await new RunStore(tx).byId(runId);
        if (actor.kind !== 'system') actor.require('rating.replay', run.divisionCode);
        const page = await new ResultStore(tx).page(runId, null, from, pageSize);
        const seals = await this.vault.existing(tx, page.map(({ subjectId }) => subjectId));
        for (const result of page) {
          const outcome = await replayed(tx, result, seals.get(result.subjectId));
          sums.compared += 1;
          if (outcome === 'differs') sums.differing.push(result.resultId);
          else sums[outcome] += 1;
        }
        return page.length < pageSize ? null : (page.at(-1)?.resultId ?? null);
      });
      if (last === null) return sums;
      after = last;
    }
  }
}
