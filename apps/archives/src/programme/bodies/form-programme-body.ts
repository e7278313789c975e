import { type InputFault, Problem } from '@credit/contracts';
import { type Actor, newId, UnitOfWork } from '@credit/platform';
import { compositionFaults, divisionLevel, type PlainDate } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { programmeRules } from '../programme-rules';
import { ProgrammeBodyStore } from './programme-body.store';

export const seating = z.object({
  accountId: z.uuid('请填写成员的账号编号'),
  capacity: z.string(),
  title: z.string().trim().min(2, '请填写职务').max(60),
  organisation: z.string().trim().min(2, '请填写所在单位').max(60),
});

const forming = z.object({
  kind: z.string(),
  divisionCode: z.string(),
  formedOn: z.iso.date('日期须形如 2022-12-01').transform((text) => text as PlainDate),
  members: z.array(seating).min(1, '请填写成员').max(100, '一个组织至多 100 名成员'),
});

export type FormProgrammeBodyInput = z.input<typeof forming> & { readonly requestId: string };
export type ProgrammeBodyReceipt = Readonly<{ bodyId: string; members: number }>;

/** 成立工作组织 — a joint conference, its office or the verification force of a town or county; refused with each reason when its composition falls short. 三(一) */
@Injectable()
export class FormProgrammeBody {
  constructor(private readonly work: UnitOfWork) {}

  execute(actor: Actor, { requestId, ...body }: FormProgrammeBodyInput): Promise<ProgrammeBodyReceipt> {
    return this.work.once({ actor, operation: 'programme-body.form', requestId, body }, async (tx) => {
      const { kind, divisionCode, formedOn, members } = forming.parse(body);
      actor.require('programme-body.keep', divisionCode);
      const rules = programmeRules(tx.today).bodies;
      const rule = Object.hasOwn(rules, kind) ? rules[kind] : undefined;
      const faults: InputFault[] = [];
      if (!rule) faults.push({ path: 'kind', message: `组织类别请填：${Object.entries(rules).map(([code, { zh }]) => `${code}（${zh}）`).join('、')}` });
      if (!['county', 'town'].includes(divisionLevel(divisionCode))) faults.push({ path: 'divisionCode', message: '请填写县或乡镇的代码' });
      if (formedOn > tx.today) faults.push({ path: 'formedOn', message: '成立日期不能晚于今天' });
      if (rule) faults.push(...compositionFaults(rule, members.map(({ accountId, capacity }) => ({ memberId: accountId, capacity }))).map((message) => ({ path: 'members', message })));
      if (faults.length > 0) throw new Problem('input.invalid', {}, faults);

      const bodyId = newId();
      const bodies = new ProgrammeBodyStore(tx);
      if (!(await bodies.insert({ bodyId, kind, divisionCode, formedOn }))) throw new Problem('programme-body.stands', { divisionCode, kind });
      await bodies.seat(members.map((member) => ({ ...member, seatId: newId(), bodyId, fromOn: formedOn })));
      await tx.audit.record('programme-body.formed', bodyId, { kind, divisionCode, formedOn, members: members.map(({ accountId }) => accountId) });
      return { bodyId, members: members.length };
    });
  }
}
