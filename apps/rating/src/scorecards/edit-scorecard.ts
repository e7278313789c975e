import { Problem } from '@credit/contracts';
import { type Actor, checkScorecardData, newId, type Receipt, RULES, type Rules, UnitOfWork } from '@credit/platform';
import type { Scorecard } from '@credit/policy';
import { Inject, Injectable } from '@nestjs/common';
import { errorsOf } from './import-scorecard';
import { ScorecardStore, type StoredScorecard } from './scorecard.store';

/** What of a card is changed; parts not named stay. Indicators and gates are replaced by id, added, or removed. */
export interface ScorecardEdits {
  readonly effectiveFrom?: string | null | undefined;
  readonly weights?: Scorecard['weights'] | null | undefined;
  readonly vetoGradeCap?: string | null | undefined;
  readonly grades?: readonly unknown[] | null | undefined;
  readonly gates?: readonly Identified[] | null | undefined;
  readonly indicators?: readonly Identified[] | null | undefined;
  readonly removed?: readonly string[] | null | undefined;
}

interface Identified {
  readonly id: string;
}

export interface EditScorecardInput extends ScorecardEdits {
  readonly requestId: string;
  readonly divisionCode: string;
  readonly scorecardId: string;
}

/**
 * 修订评分卡 — changes a draft, or begins the next version from one that is approved; the whole card is checked again and
 * every fault told at once, and a faulty one is not kept. 三(六)
 */
@Injectable()
export class EditScorecard {
  constructor(
    private readonly work: UnitOfWork,
    @Inject(RULES) private readonly rules: Rules,
  ) {}

  execute(actor: Actor, { requestId, ...body }: EditScorecardInput): Promise<Receipt & { scorecardId: string; version: number }> {
    return this.work.once({ actor, operation: 'scorecard.edit', requestId, body }, async (tx) => {
      const { divisionCode, scorecardId, ...edits } = body;
      actor.require('scorecard.draft', divisionCode);
      const scorecards = new ScorecardStore(tx);
      const stored = await scorecards.lock(scorecardId);
      const version = stored.approvedOn === null ? stored.version : await scorecards.nextVersion(stored.kind);
      const { card, issues } = checkScorecardData(edited({ ...stored.card, version }, edits), this.rules);
      const faults = errorsOf(issues);
      if (!card || faults.length > 0) throw new Problem('scorecard.invalid', {}, faults);
      const id = stored.approvedOn === null ? scorecardId : newId();
      if (stored.approvedOn === null) await scorecards.redraft(id, card);
      else await scorecards.insert({ ...draftOf(stored, card), scorecardId: id, draftedBy: actor.principal });
      await tx.audit.record('scorecard.edited', id, { kind: stored.kind, version, from: scorecardId });
      return { scorecardId: id, version };
    });
  }
}

function draftOf({ kind }: StoredScorecard, card: Scorecard): Pick<StoredScorecard, 'kind' | 'version' | 'effectiveFrom' | 'card'> {
  return { kind, version: card.version, effectiveFrom: card.effectiveFrom as StoredScorecard['effectiveFrom'], card };
}

/** The card as plain data: names left out of the edits stay as they are. */
function edited(card: Scorecard, { effectiveFrom, weights, vetoGradeCap, grades, gates, indicators, removed }: ScorecardEdits): unknown {
  const replaced = (present: readonly Identified[], given: readonly Identified[] | null | undefined): Identified[] => {
    const gone = new Set(removed ?? []);
    const byId = new Map((given ?? []).map((one) => [one.id, one]));
    const kept = present.filter(({ id }) => !gone.has(id)).map((one) => byId.get(one.id) ?? one);
    return [...kept, ...(given ?? []).filter(({ id }) => !present.some((one) => one.id === id))];
  };
  return withoutNulls({
    ...card,
    ...(effectiveFrom == null ? {} : { effectiveFrom }),
    ...(weights == null ? {} : { weights }),
    ...(vetoGradeCap == null ? {} : { vetoGradeCap }),
    ...(grades == null ? {} : { grades }),
    gates: replaced(card.gates, gates),
    indicators: replaced(card.indicators, indicators),
  });
}

/** The graph gives null for what is not there; the card knows only absence. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).flatMap(([key, inner]) => (inner === null || inner === undefined ? [] : [[key, withoutNulls(inner)]])));
}
