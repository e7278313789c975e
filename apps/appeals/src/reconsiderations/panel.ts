import { type civilityReads, Problem, type RowOf } from '@credit/contracts';
import { newId } from '@credit/platform';
import { type BodyRules, compositionFaults, quorum } from '@credit/policy';
import type { PanelMemberRow } from './panel-member.row';

type Deliberator = RowOf<typeof civilityReads.deliberators>;

/** Somebody invited beside the deliberation group: 五老 and others decide, an original scorer may only explain. */
export interface Guest {
  readonly capacity: 'elder' | 'other' | 'scorer';
  readonly householdId?: string | null | undefined;
  readonly accountId?: string | null | undefined;
  /** 声明有亲属、纠纷或债务关系 towards a household concerned. */
  readonly declaresConflict?: boolean | null | undefined;
}

/** 有关各户 — the affected household and the applicants, with the deliberation group as civility answers it for each of them. */
export interface Concerned {
  readonly reconsiderationId: string;
  readonly households: ReadonlySet<string>;
  readonly deliberators: readonly Deliberator[];
}

type Seat = Pick<PanelMemberRow, 'memberId' | 'accountId' | 'householdId' | 'capacity' | 'part' | 'withdrawal'>;

/** Members who must withdraw for any household concerned, with the reason. */
export function recusedMembers({ deliberators }: Concerned): ReadonlyMap<string, string> {
  return new Map(deliberators.filter((row) => row.mustWithdraw).map((row) => [row.memberId, row.reason ?? 'conflict']));
}

function seatOfDeliberator({ memberId, accountId, householdId, capacity }: Deliberator, withdrawal: string | null, scored: boolean): Seat {
  return { memberId, accountId, householdId, capacity, part: withdrawal ? 'withdrawn' : scored ? 'explains' : 'decides', withdrawal };
}

function seatOfGuest(guest: Guest, { households }: Concerned): Seat {
  const { capacity, householdId = null, accountId = null } = guest;
  const seat = { memberId: null, accountId, householdId, capacity };
  if (capacity === 'scorer') return { ...seat, part: 'explains', withdrawal: null };
  const withdrawal = householdId && households.has(householdId) ? 'own-household' : guest.declaresConflict ? 'conflict' : null;
  return { ...seat, part: withdrawal ? 'withdrawn' : 'decides', withdrawal };
}

/** Whom the convener names beside the deliberation group, and who of it gave the original marks. */
export interface Calling {
  readonly guests: readonly Guest[];
  /** 原评议人员 within the deliberation group whom civility does not know as such, having no account: they explain and do not decide. */
  readonly scorerMemberIds: readonly string[];
}

/**
 * 复议人员 — the whole deliberation group is called, five elders and others join it; whoever must withdraw is set aside by
 * name of the reason, and who gave the original marks only explains. Problem `panel.composition` with what is missing. 三(三)3
 */
export function composePanel(rules: BodyRules, { guests, scorerMemberIds }: Calling, concerned: Concerned): PanelMemberRow[] {
  const recused = recusedMembers(concerned);
  const group = [...new Map(concerned.deliberators.map((row) => [row.memberId, row])).values()];
  const strangers = scorerMemberIds.filter((id) => !group.some((row) => row.memberId === id));
  if (strangers.length > 0) throw new Problem('input.invalid', {}, [{ path: 'scorerMemberIds', message: `不是审议小组成员：${strangers.join('、')}` }]);
  const seats = [
    ...group.map((row) => seatOfDeliberator(row, recused.get(row.memberId) ?? null, row.scored === true || scorerMemberIds.includes(row.memberId))),
    ...guests.map((guest) => seatOfGuest(guest, concerned)),
  ];
  const panel = seats.map((seat) => ({ ...seat, id: newId(), reconsiderationId: concerned.reconsiderationId, present: null }));
  requireComposition(rules, panel.filter((member) => member.part === 'decides'));
  return panel;
}

/** 复议组成 — five elders and deliberators are among those who decide; each lack in a sentence. Problem `panel.composition`. 三(三)3 */
export function requireComposition(rules: BodyRules, deciding: readonly PanelMemberRow[]): void {
  const faults = compositionFaults(rules['reconsideration-panel'], deciding.map(({ id, capacity }) => ({ memberId: id, capacity })));
  if (faults.length > 0) throw new Problem('panel.composition', { deciding: deciding.length }, faults.map((message) => ({ path: 'guests', message })));
}

/** 法定人数 of those present who need not withdraw, on everybody called. Problem `panel.no-quorum`. 三(三)2 */
export function requireQuorum(rules: BodyRules, panel: readonly PanelMemberRow[], present: readonly string[]): PanelMemberRow[] {
  const called = panel.filter((member) => member.part !== 'explains');
  const verdict = quorum(rules['reconsideration-panel'], {
    members: called.map((member) => member.id),
    present,
    withdrawn: called.filter((member) => member.part === 'withdrawn').map((member) => member.id),
  });
  if (!verdict.met) throw new Problem('panel.no-quorum', { called: called.length, deciding: verdict.deciding.length, needed: verdict.needed });
  return panel.filter((member) => verdict.deciding.includes(member.id));
}
