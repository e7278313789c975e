import { Problem, type SubjectKind, subjectKinds } from '@credit/contracts';
import { type Actor, type Receipt, UnitOfWork } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { SubjectStore } from '../subjects/subject.store';
import { CoverageStore } from './coverage.store';

export interface SetRegisterInput {
  readonly requestId: string;
  readonly villageCode: string;
  readonly subjectKind: SubjectKind;
  readonly count: number;
  /** 数据来源，如户籍登记 */
  readonly source: string;
}
export interface ExcludeSubjectInput {
  readonly requestId: string;
  readonly subjectId: string;
  /** 不纳入的理由; null takes the exclusion back. */
  readonly reason: string | null;
}

/** 登记应建档数与不纳入的主体 — the denominator of the filing rate, dated and with its source. 二 */
@Injectable()
export class Register {
  constructor(private readonly work: UnitOfWork) {}

  count(actor: Actor, input: SetRegisterInput): Promise<Receipt & { villageCode: string; count: number }> {
    return this.work.once({ actor, operation: 'register.count', requestId: input.requestId, body: input }, async (tx) => {
      actor.require('archives.register', input.villageCode);
      if (input.count < 0 || !subjectKinds.includes(input.subjectKind)) throw new Problem('input.invalid', {}, [{ path: 'count', message: '应建档数不能为负，类别须为 household、entity 或 collective' }]);
      await new CoverageStore(tx).setRegister(input.villageCode, input.subjectKind, input.count, input.source);
      await tx.audit.record('register.counted', input.villageCode, { subjectKind: input.subjectKind, count: input.count });
      return { villageCode: input.villageCode, count: input.count };
    });
  }

  exclude(actor: Actor, input: ExcludeSubjectInput): Promise<Receipt & { subjectId: string }> {
    return this.work.once({ actor, operation: 'register.exclude', requestId: input.requestId, body: input }, async (tx) => {
      const subjects = new SubjectStore(tx);
      actor.require('archives.register', (await subjects.byId(input.subjectId)).villageCode);
      await subjects.exclude(input.subjectId, input.reason);
      await tx.audit.record(input.reason === null ? 'subject.included' : 'subject.excluded', input.subjectId);
      return { subjectId: input.subjectId };
    });
  }
}
