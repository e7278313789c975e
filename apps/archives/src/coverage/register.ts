import { Problem, type SubjectKind, subjectKinds } from '@credit/contracts';
import { type Actor, type Receipt, UnitOfWork } from '@credit/platform';
import type { PlainDate } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { DivisionStore } from '../divisions/division.store';
import { choices, programmeRules } from '../programme/programme-rules';
import { CoverageStore } from './coverage.store';
import { ExclusionStore } from './exclusion.store';

const counting = z.object({
  villageCode: z.string(),
  subjectKind: z.enum(subjectKinds, '类别须为 household、entity 或 collective'),
  count: z.int().min(0, '应建档数不能为负'),
  source: z.string().trim().min(2, '请写明数据来源，如户籍登记').max(100),
  countedOn: z.iso.date('日期须形如 2022-12-01').transform((text) => text as PlainDate).nullish(),
});

export type SetRegisterInput = z.input<typeof counting> & { readonly requestId: string };
export interface ExcludeSubjectInput {
  readonly requestId: string;
  readonly subjectId: string;
  /** 不纳入的理由, a code of the rules; null takes the exclusion back. */
  readonly reason: string | null;
}

/** 登记应建档数与不纳入的主体 — the denominator of the filing rate, dated and with its source. 二、三(六)1 */
@Injectable()
export class Register {
  constructor(private readonly work: UnitOfWork) {}

  count(actor: Actor, { requestId, ...body }: SetRegisterInput): Promise<Receipt & { villageCode: string; subjectKind: SubjectKind; count: number; countedOn: string }> {
    return this.work.once({ actor, operation: 'register.count', requestId, body }, async (tx) => {
      const input = counting.parse(body);
      actor.require('archives.register', input.villageCode);
      const division = await new DivisionStore(tx).byCode(input.villageCode);
      if (division?.level !== 'village') throw new Problem('input.invalid', {}, [{ path: 'villageCode', message: '请填写 12 位的行政村代码' }]);
      const { villageCode, subjectKind, count, source } = input;
      const countedOn = input.countedOn ?? tx.today;
      if (countedOn > tx.today) throw new Problem('input.invalid', {}, [{ path: 'countedOn', message: '数据日期不能晚于今天' }]);
      await new CoverageStore(tx).addCount({ villageCode, subjectKind, countedOn, count, source });
      await tx.audit.record('register.counted', villageCode, { subjectKind, count, countedOn });
      return { villageCode, subjectKind, count, countedOn };
    });
  }

  exclude(actor: Actor, { requestId, ...body }: ExcludeSubjectInput): Promise<Receipt & { subjectId: string }> {
    return this.work.once({ actor, operation: 'register.exclude', requestId, body }, async (tx) => {
      const exclusions = new ExclusionStore(tx);
      const { villageCode, excluded, closed } = await exclusions.lock(body.subjectId);
      actor.require('archives.register', villageCode);
      if (closed) throw new Problem('household.closed');
      if (body.reason === null) {
        if (!excluded) throw new Problem('exclusion.none', { subjectId: body.subjectId });
        await exclusions.lift(body.subjectId);
      } else {
        const reasons = programmeRules(tx.today).exclusionReasons;
        if (!Object.hasOwn(reasons, body.reason)) throw new Problem('input.invalid', {}, [{ path: 'reason', message: `理由请填：${choices(reasons)}` }]);
        if (excluded) throw new Problem('exclusion.present', { subjectId: body.subjectId });
        await exclusions.exclude(body.subjectId, body.reason);
      }
      await tx.audit.record(body.reason === null ? 'subject.included' : 'subject.excluded', body.subjectId, { reason: body.reason });
      return { subjectId: body.subjectId };
    });
  }
}
