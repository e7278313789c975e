import { type InputFault, Problem } from '@credit/contracts';
import { type Actor, newId, readScorecard, type Receipt, RULES, type Rules, UnitOfWork } from '@credit/platform';
import { type Issue, plainDate } from '@credit/policy';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { ScorecardStore } from './scorecard.store';

const importing = z.object({ divisionCode: z.string(), yaml: z.string().min(1).max(200_000, '评分卡文件过大') });

export type ImportScorecardInput = z.input<typeof importing> & { readonly requestId: string };

export const errorsOf = (issues: readonly Issue[]): InputFault[] => issues.filter(({ severity }) => severity === 'error').map(({ path, message }) => ({ path: path.join('.'), message }));

/** 导入评分卡 — the county's own version in the YAML of the rule files; every fault is told at once with its line. 三(六) */
@Injectable()
export class ImportScorecard {
  constructor(
    private readonly work: UnitOfWork,
    @Inject(RULES) private readonly rules: Rules,
  ) {}

  execute(actor: Actor, { requestId, ...body }: ImportScorecardInput): Promise<Receipt & { scorecardId: string; version: number }> {
    return this.work.once({ actor, operation: 'scorecard.import', requestId, body }, async (tx) => {
      const { divisionCode, yaml } = importing.parse(body);
      actor.require('scorecard.draft', divisionCode);
      const { card, issues } = readScorecard(yaml, this.rules);
      const faults = errorsOf(issues);
      if (!card || faults.length > 0) throw new Problem('scorecard.invalid', {}, faults);
      const scorecardId = newId();
      await new ScorecardStore(tx).insert({ scorecardId, kind: card.kind, version: card.version, effectiveFrom: plainDate(card.effectiveFrom), card, draftedBy: actor.principal });
      await tx.audit.record('scorecard.imported', scorecardId, { kind: card.kind, version: card.version });
      return { scorecardId, version: card.version };
    });
  }
}
