import { Problem } from '@credit/contracts';
import { type Actor, newId, RULES, type Rules, type Tx, UnitOfWork, Vault } from '@credit/platform';
import { compositionFaults, type RoundState } from '@credit/policy';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { RoundRow } from '../rounds/round.row';
import { RoundStore } from '../rounds/round.store';
import { GroupTableStore } from '../tables/group-table.store';
import { type Body, BodyStore, type ReviewBodyKind } from './body.store';
import { TieStore } from './tie.store';

const forming = z.object({
  roundId: z.uuid(),
  groupCode: z.string().regex(/^\d{14}$/, '请填写村民小组的 14 位代码').nullish().transform((code) => code ?? null),
  members: z
    .array(
      z.object({
        memberId: z.uuid().nullish().transform((id) => id ?? null),
        accountId: z.uuid().nullish().transform((id) => id ?? null),
        householdId: z.uuid().nullish().transform((id) => id ?? null),
        capacity: z.string().min(1),
        substitute: z.boolean().default(false),
      }),
    )
    .min(1)
    .max(60, '成员不得超过 60 名'),
  reason: z.string().trim().max(500, '原因请控制在 500 字以内').nullish(),
});

export type FormBodyInput = z.input<typeof forming> & { readonly requestId: string };
export type BodyReceipt = Readonly<{ bodyId: string; memberIds: readonly string[] }>;

const formedIn: Readonly<Record<ReviewBodyKind, readonly RoundState[]>> = {
  'review-group': ['preparing', 'open'],
  'deliberation-group': ['preparing', 'open', 'deliberating', 'returned'],
};

/**
 * 组建评议小组、审议小组 — composition is checked with each reason; a body that could not decide on one of its households
 * even with everybody there is refused; a change during the review needs a reason and keeps the body before. 三(三)2
 */
@Injectable()
export class FormBody {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
    @Inject(RULES) private readonly rules: Rules,
  ) {}

  execute(actor: Actor, kind: ReviewBodyKind, { requestId, ...body }: FormBodyInput): Promise<BodyReceipt> {
    return this.work.once({ actor, operation: `body.form-${kind}`, requestId, body }, async (tx) => {
      const input = forming.parse(body);
      const round = await new RoundStore(tx).lock(input.roundId);
      actor.require('body.form', round.villageCode);
      if (!formedIn[kind].includes(round.state)) throw new Problem('state.illegal-move', { state: round.state });
      const present = await this.replaceable(tx, round, kind, input.groupCode);
      const people = BodyStore.identify(input.members, present);
      const [members, substitutes] = [people.filter(({ substitute }) => !substitute), people.filter(({ substitute }) => substitute)];
      const faults = compositionFaults(this.rules.bodies[kind], members);
      if (faults.length > 0) throw new Problem('body.composition', { kind, groupCode: input.groupCode }, faults.map((message) => ({ path: 'members', message })));

      const id = newId();
      const reason = await this.reasonOf(tx, id, round, present, input.reason ?? '');
      await new BodyStore(tx).replace({ id, roundId: round.id, kind, groupCode: input.groupCode, members, substitutes, reason });
      await this.requireQuorum(tx, round, kind, input.groupCode, members.map(({ memberId }) => memberId));
      await tx.audit.record('body.formed', id, { roundId: round.id, kind, groupCode: input.groupCode, members: members.length, substitutes: substitutes.length, replaced: present?.id ?? null });
      return { bodyId: id, memberIds: people.map(({ memberId }) => memberId) };
    });
  }

  /** The body now in place; a review group whose table is confirmed has done its work, a table only typed starts over. */
  private async replaceable(tx: Tx, round: RoundRow, kind: ReviewBodyKind, groupCode: string | null): Promise<Body | undefined> {
    if (kind === 'review-group') {
      if (groupCode === null || !(await new RoundStore(tx).groupCodes(round.id)).includes(groupCode)) {
        throw new Problem('body.composition', { kind }, [{ path: 'groupCode', message: '这一轮评议中没有这个村民小组，请核对代码' }]);
      }
      const tables = new GroupTableStore(tx);
      const table = await tables.current(round.id, groupCode);
      if (table?.state === 'confirmed') throw new Problem('body.fixed', { groupCode });
      if (table) await tables.setAside(table.id);
    }
    return new BodyStore(tx).current(round.id, kind, groupCode);
  }

  private async reasonOf(tx: Tx, id: string, round: RoundRow, present: Body | undefined, reason: string): Promise<Buffer | null> {
    const changesWhileOpen = present !== undefined && round.state !== 'preparing';
    if (changesWhileOpen && reason.length < 4) throw new Problem('body.reason-missing', {}, [{ path: 'reason', message: '请写明更换成员的原因' }]);
    if (reason === '') return null;
    return (await this.vault.sealFor(tx, id)).seal(reason, ['body', id, 'reason']);
  }

  private async requireQuorum(tx: Tx, round: RoundRow, kind: ReviewBodyKind, groupCode: string | null, memberIds: readonly string[]): Promise<void> {
    const households = await new RoundStore(tx).households(round.id, groupCode);
    const recusals = await new TieStore(tx).recusals(round.id);
    const without = recusals.withoutQuorum(this.rules.bodies[kind], memberIds, households.map(({ householdId }) => householdId));
    if (without.length === 0) return;
    const numbers = households.filter(({ householdId }) => without.includes(householdId)).map(({ householdNo }) => householdNo);
    throw new Problem('body.no-quorum', { kind, groupCode, householdIds: without }, numbers.map((no) => ({ path: 'members', message: `${no} 户：回避后不足法定人数，请增补无需回避的成员` })));
  }
}
