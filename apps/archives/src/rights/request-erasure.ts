import { Problem } from '@credit/contracts';
import { type Actor, newId, type Receipt, UnitOfWork, Vault } from '@credit/platform';
import { addDays } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { seesSubject } from '../subjects/file-reader';
import { SubjectStore } from '../subjects/subject.store';
import { ErasureStore } from './erasure.store';
import { rightsRules } from './rights-rules';

export interface RequestErasureInput {
  readonly requestId: string;
  readonly householdId: string;
  /** Null: the whole household, in writing by each of its adults. */
  readonly memberId: string | null;
  /** 书面申请扫描件, needed from the clerk. */
  readonly scanSha256: string | null;
}

const digest = /^[0-9a-f]{64}$/;

/** 申请删除 — by a villager for oneself, or by the clerk with what was signed; it has a day to be answered by. 个人信息保护法 47、50 */
@Injectable()
export class RequestErasure {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
  ) {}

  execute(actor: Actor, { requestId, ...body }: RequestErasureInput): Promise<Receipt & { erasureId: string; answerDueOn: string }> {
    return this.work.once({ actor, operation: 'erasure.request', requestId, body }, async (tx) => {
      const subjects = new SubjectStore(tx);
      const household = await subjects.byId(body.householdId);
      if (household.kind !== 'household') throw new Problem('not-found', { householdId: body.householdId });
      if (!seesSubject(actor, 'erasure.request', household)) throw new Problem('access.outside-division', { action: 'erasure.request' });
      if (!(await this.vault.existing(tx, [household.subjectId])).has(household.subjectId)) throw new Problem('subject.erased', { subjectId: household.subjectId });
      const fault = actor.villager
        ? body.memberId !== actor.villager.memberId && { path: 'memberId', message: '本人只能申请删除自己的个人信息；删除全户的档案，请全体成年成员书面申请，由村文书登记' }
        : !digest.test(body.scanSha256 ?? '') && { path: 'scanSha256', message: '请附书面申请扫描件的 SHA-256（64 位小写十六进制）' };
      if (fault) throw new Problem('input.invalid', {}, [fault]);
      const members = await subjects.membersOf([household.subjectId]);
      if (body.memberId !== null && !members.some(({ memberId }) => memberId === body.memberId)) throw new Problem('not-found', { memberId: body.memberId });
      const erasureId = newId();
      const answerDueOn = addDays(tx.today, rightsRules(tx.today).erasureAnswerDays);
      const made = await new ErasureStore(tx).insert({ erasureId, householdId: household.subjectId, memberId: body.memberId, villageCode: household.villageCode, answerDueOn }, body.scanSha256);
      if (!made) throw new Problem('erasure.pending', { householdId: household.subjectId });
      await tx.audit.record('erasure.requested', erasureId, { householdId: household.subjectId, memberId: body.memberId, answerDueOn });
      return { erasureId, answerDueOn };
    });
  }
}
