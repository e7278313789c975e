import { type civilityReads, type InputFault, Problem, type RowOf } from '@credit/contracts';
import { newId } from '@credit/platform';
import type { PanelMemberRow } from './panel-member.row';

type Deliberator = RowOf<typeof civilityReads.deliberators>;

export const panelCapacities = ['deliberator', 'substitute', 'five-elder', 'other', 'scorer'] as const;

/** Somebody called to the reconsideration: a member of the deliberation group by id, or somebody else by capacity. */
export interface Called {
  readonly capacity: (typeof panelCapacities)[number];
  readonly memberId?: string | null | undefined;
  readonly householdId?: string | null | undefined;
  readonly accountId?: string | null | undefined;
  /** 声明有亲属、纠纷或债务关系 towards a household concerned. */
  readonly declaresConflict?: boolean | null | undefined;
}

export interface Concerned {
  readonly reconsiderationId: string;
  readonly households: ReadonlySet<string>;
  /** The deliberation group as civility answers it for each household concerned. */
  readonly deliberators: readonly Deliberator[];
}

function withdrawalOf(called: Called, concerned: Concerned): string | null {
  const known = concerned.deliberators.filter((row) => row.memberId === called.memberId);
  const required = known.find((row) => row.mustWithdraw);
  if (required) return required.reason ?? 'conflict';
  const householdId = known[0]?.householdId ?? called.householdId;
  if (householdId && concerned.households.has(householdId)) return 'own-household';
  return called.declaresConflict ? 'conflict' : null;
}

function faultsOf(called: readonly Called[], concerned: Concerned): InputFault[] {
  const faults: InputFault[] = [];
  const seen = new Set<string>();
  for (const [index, one] of called.entries()) {
    const path = `members.${index}`;
    if (one.capacity === 'deliberator') {
      if (!one.memberId) faults.push({ path: `${path}.memberId`, message: '审议小组成员须填写成员编号' });
      else if (!concerned.deliberators.some((row) => row.memberId === one.memberId)) faults.push({ path: `${path}.memberId`, message: '此人不是本轮审议小组成员，请核对或改为其他身份' });
      else if (seen.has(one.memberId)) faults.push({ path: `${path}.memberId`, message: '同一成员重复填写，请只保留一次' });
      else seen.add(one.memberId);
    } else if (one.memberId) {
      faults.push({ path: `${path}.memberId`, message: '成员编号只用于审议小组成员，请改填身份为 deliberator 或删去编号' });
    }
  }
  if (!called.some((one) => one.capacity === 'five-elder')) faults.push({ path: 'members', message: '复议须邀请“五老”人员参加，请至少增加一名（five-elder）' });
  const withdrawn = called.filter((one) => one.capacity === 'deliberator' && withdrawalOf(one, concerned)).length;
  const substitutes = called.filter((one) => one.capacity === 'substitute').length;
  const absent = new Set(concerned.deliberators.map((row) => row.memberId)).size - seen.size;
  if (substitutes > withdrawn + absent) faults.push({ path: 'members', message: '替补人员不得多于回避和缺席的审议小组成员' });
  return faults;
}

/**
 * 复议人员组成 — deliberation group, five elders and others; who must withdraw is recorded and does not decide, original
 * scorers may explain only. Problem `panel.composition` with each place that is wrong. 三(三)3
 */
export function composePanel(called: readonly Called[], concerned: Concerned): PanelMemberRow[] {
  const faults = faultsOf(called, concerned);
  if (faults.length > 0) throw new Problem('panel.composition', { reconsiderationId: concerned.reconsiderationId }, faults);
  return called.map((one) => {
    const known = concerned.deliberators.find((row) => row.memberId === one.memberId);
    const withdrawal = one.capacity === 'scorer' ? null : withdrawalOf(one, concerned);
    return {
      id: newId(),
      reconsiderationId: concerned.reconsiderationId,
      memberId: one.memberId ?? null,
      accountId: known?.accountId ?? one.accountId ?? null,
      householdId: known?.householdId ?? one.householdId ?? null,
      capacity: one.capacity,
      part: withdrawal ? 'withdrawn' : one.capacity === 'scorer' ? 'explains' : 'decides',
      withdrawal,
      present: null,
    };
  });
}

/** 法定人数按审议小组计 — its members and those who stand in for them; elders and others come on top. */
export function countsTowardsQuorum(member: Pick<PanelMemberRow, 'capacity'>): boolean {
  return member.capacity === 'deliberator' || member.capacity === 'substitute';
}
