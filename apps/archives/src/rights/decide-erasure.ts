import { type InputFault, Problem } from '@credit/contracts';
import { type Actor, type Receipt, type Tx, UnitOfWork } from '@credit/platform';
import { addMonths, type PlainDate } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { EraseSubject } from './erase-subject';
import { ErasedRowsStore } from './erased-rows.store';
import { type Decision, type ErasureRequest, ErasureStore } from './erasure.store';
import { type RightsRules, rightsRules } from './rights-rules';

export interface DecideErasureInput {
  readonly requestId: string;
  readonly erasureId: string;
  /** 准予删除的依据, or null with a refusal; codes of `rules/rights.yaml`. */
  readonly ground: string | null;
  readonly refusal: string | null;
}

const monthsPerYear = 12;

/**
 * 决定删除申请 — by the town, on a ground the law names; what a rating was founded on stays as long as it may be contested, and the
 * answer then says until when. 个人信息保护法 47、50
 */
@Injectable()
export class DecideErasure {
  constructor(
    private readonly work: UnitOfWork,
    private readonly eraseSubject: EraseSubject,
  ) {}

  execute(actor: Actor, { requestId, ...body }: DecideErasureInput): Promise<Receipt & { erasureId: string; outcome: string; retainedUntil: string | null }> {
    return this.work.once({ actor, operation: 'erasure.decide', requestId, body }, async (tx) => {
      const erasures = new ErasureStore(tx);
      const request = await erasures.lock(body.erasureId);
      actor.require('erasure.decide', request.villageCode);
      if (request.outcome !== null) throw new Problem('erasure.decided', { erasureId: request.erasureId, outcome: request.outcome });
      if (request.requestedBy === actor.principal) throw new Problem('erasure.own-request', { erasureId: request.erasureId });
      const rules = rightsRules(tx.today);
      const decision = await decided(tx, request, body, rules);
      await erasures.decide(request.erasureId, decision);
      const until = decision.outcome === 'refused' ? decision.retainedUntil : null;
      if (decision.outcome === 'erased') {
        const keys = await this.eraseSubject.inside(tx, request, rules.excludedAs.erased);
        await tx.audit.record('erasure.erased', request.erasureId, { ground: decision.ground, keys });
      } else {
        if (until !== null && request.memberId === null) await new ErasedRowsStore(tx).stopUse(request.householdId, rules.excludedAs.retained);
        await tx.audit.record('erasure.refused', request.erasureId, { refusal: decision.refusal, retainedUntil: until });
      }
      return { erasureId: request.erasureId, outcome: decision.outcome, retainedUntil: until };
    });
  }
}

async function decided(tx: Tx, request: ErasureRequest, { ground, refusal }: DecideErasureInput | Omit<DecideErasureInput, 'requestId'>, rules: RightsRules): Promise<Decision> {
  const { verifiedOn, correctionOpen } = await new ErasureStore(tx).standing(request.householdId);
  const until = retainedUntil(request, verifiedOn, rules, tx.today);
  const grounds = rules.grounds[ground ?? ''];
  const reason = rules.refusals[refusal ?? ''];
  if (ground !== null && refusal === null && grounds) {
    if (correctionOpen) throw new Problem('erasure.correction-open', { erasureId: request.erasureId });
    if (until !== null && !grounds.despiteRetention) throw new Problem('erasure.retained', { until }, [{ path: 'ground', message: `${rules.retention.zh}，至 ${until} 届满` }]);
    return { outcome: 'erased', ground };
  }
  if (refusal !== null && ground === null && reason) {
    if (reason.untilRetentionEnds && until === null) throw new Problem('erasure.not-retained', { erasureId: request.erasureId });
    return { outcome: 'refused', refusal, retainedUntil: reason.untilRetentionEnds ? until : null };
  }
  throw new Problem('input.invalid', {}, [choose('ground', rules.grounds), choose('refusal', rules.refusals)]);
}

/** What a rating was founded on is the household's; one person's name and number are not. Null when nothing is in the way today. */
function retainedUntil({ memberId }: ErasureRequest, verifiedOn: PlainDate | null, { retention }: RightsRules, today: PlainDate): PlainDate | null {
  if (memberId !== null || verifiedOn === null) return null;
  const until = addMonths(verifiedOn, retention.years * monthsPerYear);
  return until >= today ? until : null;
}

function choose(path: string, from: Readonly<Record<string, { readonly zh: string }>>): InputFault {
  return { path, message: `准予删除填 ground，不予删除填 refusal，只填其一：${Object.entries(from).map(([code, { zh }]) => `${code} ${zh}`).join('、')}` };
}
