import { Problem } from '@credit/contracts';
import { type Actor, newId, type Receipt, RULES, type Rules, UnitOfWork } from '@credit/platform';
import { checkScorecard, plainDate } from '@credit/policy';
import { Inject, Injectable } from '@nestjs/common';
import { type ScorecardKind, ScorecardStore } from './scorecard.store';

export interface DraftScorecardInput {
  readonly requestId: string;
  readonly divisionCode: string;
  readonly kind: ScorecardKind;
  readonly version: number;
}

/** 登记评分卡 — takes a checked version from the rule files into the county's own register, to be approved by another person. 三(六) */
@Injectable()
export class DraftScorecard {
  constructor(
    private readonly work: UnitOfWork,
    @Inject(RULES) private readonly rules: Rules,
  ) {}

  execute(actor: Actor, input: DraftScorecardInput): Promise<Receipt & { scorecardId: string }> {
    return this.work.once({ actor, operation: 'scorecard.draft', requestId: input.requestId, body: input }, async (tx) => {
      actor.require('scorecard.draft', input.divisionCode);
      const card = this.rules.scorecards.find((one) => one.kind === input.kind && one.version === input.version);
      if (!card) throw new Problem('not-found', { kind: input.kind, version: input.version });
      const faults = checkScorecard(card).filter((issue) => issue.severity === 'error');
      if (faults.length > 0) throw new Problem('input.invalid', {}, faults.map((issue) => ({ path: issue.path.join('.'), message: issue.message })));
      const scorecardId = newId();
      await new ScorecardStore(tx).insert({ scorecardId, kind: input.kind, version: card.version, effectiveFrom: plainDate(card.effectiveFrom), card, draftedBy: actor.principal });
      await tx.audit.record('scorecard.drafted', scorecardId, { kind: input.kind, version: card.version });
      return { scorecardId };
    });
  }
}
