import { type InputFault, Problem } from '@credit/contracts';
import { type Actor, newId, RULES, type Rules, type Tx, UnitOfWork, Vault } from '@credit/platform';
import { compositionFaults, divisionLevel, type PlainDate } from '@credit/policy';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { type StandingBodyKind, StandingBodyStore, type StandingMember } from './standing-body.store';

const day = z.iso.date('日期须形如 2022-12-01').transform((text) => text as PlainDate);
const forming = z.object({
  kind: z.enum(['village-supervision', 'town-supervision']),
  divisionCode: z.string().regex(/^\d{12}$/, '请填写村或镇的 12 位行政区划代码'),
  termFrom: day,
  termLastDay: day,
  members: z.array(z.object({ accountId: z.uuid(), capacity: z.string().min(1), substitute: z.boolean().default(false) })).min(1).max(30),
  reason: z.string().trim().max(500, '原因请控制在 500 字以内').nullish(),
});

export type FormStandingBodyInput = z.input<typeof forming> & { readonly requestId: string };
export type StandingBodyReceipt = Readonly<{ bodyId: string; termLastDay: string }>;

const levelOf: Readonly<Record<StandingBodyKind, string>> = { 'village-supervision': 'village', 'town-supervision': 'town' };

/**
 * 组建村务监督委员会、镇监督小组 — with its term and its substitutes; the composition is checked with each reason, a change
 * within the term needs one, and the body before stays readable. 三(三)2
 */
@Injectable()
export class FormStandingBody {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
    @Inject(RULES) private readonly rules: Rules,
  ) {}

  execute(actor: Actor, { requestId, ...body }: FormStandingBodyInput): Promise<StandingBodyReceipt> {
    return this.work.once({ actor, operation: 'standing-body.form', requestId, body }, async (tx) => {
      const input = forming.parse(body);
      actor.require('standing-body.form', input.divisionCode);
      const bodies = new StandingBodyStore(tx);
      const present = await bodies.current(input.kind, input.divisionCode);
      const faults = [...termFaults(input), ...(await this.memberFaults(tx, input))];
      if (faults.length > 0) throw new Problem('body.composition', { kind: input.kind }, faults);
      const withinTerm = present !== undefined && tx.today <= present.termLastDay;
      const reason = input.reason ?? '';
      if (withinTerm && reason.length < 4) throw new Problem('body.reason-missing', {}, [{ path: 'reason', message: `现任成员任期至 ${present.termLastDay}，请写明更换的原因` }]);
      const id = newId();
      const sealed = reason === '' ? null : (await this.vault.sealFor(tx, id)).seal(reason, ['standing_body', id, 'reason']);
      await bodies.replace({ id, kind: input.kind, divisionCode: input.divisionCode, termFrom: input.termFrom, termLastDay: input.termLastDay, members: input.members, reason: sealed });
      await tx.audit.record('standing-body.formed', id, { kind: input.kind, divisionCode: input.divisionCode, members: input.members.length, termLastDay: input.termLastDay, replaced: present?.id ?? null });
      return { bodyId: id, termLastDay: input.termLastDay };
    });
  }

  private async memberFaults(tx: Tx, { kind, divisionCode, members }: z.output<typeof forming>): Promise<InputFault[]> {
    const rule = this.rules.bodies[kind];
    const seated = members.filter(({ substitute }) => !substitute).map(asSeat);
    const known = new Set(rule.seats.flatMap(({ capacities }) => capacities));
    const strangers = members.filter(({ substitute, capacity }) => substitute && !known.has(capacity));
    const barred = await new StandingBodyStore(tx).holders(members.map(({ accountId }) => accountId), rule.excludedRoles ?? [], divisionCode);
    return [
      ...compositionFaults(rule, seated).map((message) => ({ path: 'members', message })),
      ...strangers.map(({ capacity }) => ({ path: 'members', message: `${rule.zh}没有“${capacity}”这类成员` })),
      ...barred.map((accountId) => ({ path: 'members', message: `${accountId} 现任村“两委”职务，不得兼任${rule.zh}成员` })),
    ];
  }
}

const asSeat = ({ accountId, capacity }: StandingMember): { memberId: string; capacity: string } => ({ memberId: accountId, capacity });

function termFaults({ kind, divisionCode, termFrom, termLastDay }: z.output<typeof forming>): InputFault[] {
  const faults: InputFault[] = [];
  if (divisionLevel(divisionCode) !== levelOf[kind]) faults.push({ path: 'divisionCode', message: kind === 'village-supervision' ? '村务监督委员会按村组建，请填写村代码' : '镇监督小组按镇组建，请填写镇代码' });
  if (termLastDay <= termFrom) faults.push({ path: 'termLastDay', message: '任期届满日须在任期起始日之后' });
  return faults;
}
