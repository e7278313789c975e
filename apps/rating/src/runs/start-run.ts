import { archivesReads, Problem } from '@credit/contracts';
import { type Actor, InternalClient, newId, type Receipt, UnitOfWork } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { ScorecardStore } from '../scorecards/scorecard.store';
import { engineVersion } from './rate-subject';
import { RunStore } from './run.store';

export interface StartRunInput {
  readonly requestId: string;
  /** 评级范围: a village, a town or the county. */
  readonly divisionCode: string;
  /** 只评有变化的主体 */
  readonly changedOnly?: boolean;
}

/** 系统测评 — starts a rating run over a scope: one message per village, with the scorecards in force today. 三(六)2 */
@Injectable()
export class StartRun {
  constructor(
    private readonly work: UnitOfWork,
    private readonly peers: InternalClient,
  ) {}

  execute(actor: Actor, input: StartRunInput): Promise<Receipt & { runId: string; villages: number }> {
    return this.work.once({ actor, operation: 'rating.run', requestId: input.requestId, body: input }, async (tx) => {
      actor.require('rating.run', input.divisionCode);
      const inForce = await new ScorecardStore(tx).inForce(tx.today);
      if (!inForce.has('H')) throw new Problem('scorecard.none-in-force', { on: tx.today, kind: 'H' });
      const divisions = await this.peers.all(archivesReads.divisions, { under: input.divisionCode });
      const villageCodes = divisions.filter((division) => division.level === 'village').map((division) => division.code);
      if (villageCodes.length === 0) throw new Problem('run.no-villages', { divisionCode: input.divisionCode });
      const runId = newId();
      const scorecards = Object.fromEntries([...inForce].map(([kind, card]) => [kind, card.scorecardId]));
      await new RunStore(tx).insert({ runId, divisionCode: input.divisionCode, ratingOn: tx.today, scorecards, engine: engineVersion, changedOnly: input.changedOnly ?? false, startedBy: actor.principal }, villageCodes);
      await tx.outbox.appendAll('run.village-due', villageCodes.map((villageCode) => ({ runId, villageCode })));
      await tx.audit.record('run.started', runId, { divisionCode: input.divisionCode, villages: villageCodes.length, scorecards });
      return { runId, villages: villageCodes.length };
    });
  }
}
