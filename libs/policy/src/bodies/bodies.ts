import { type Issue, issue } from '../errors';

/** 一类成员 of a body and how many there must be. */
export interface SeatRule {
  readonly capacities: readonly string[];
  readonly zh: string;
  readonly least: number;
  readonly most?: number;
}

/** 组织的组成规则 — data with a source, from `rules/bodies.yaml`. */
export interface BodyRule {
  readonly zh: string;
  readonly seats: readonly SeatRule[];
  /** 不得兼任: roles whose holders may not sit in it. */
  readonly excludedRoles?: readonly string[];
  readonly quorum: { readonly least: number; readonly numerator: number; readonly denominator: number };
  readonly source: string;
}

export type BodyKind = 'review-group' | 'deliberation-group' | 'village-supervision' | 'town-supervision' | 'reconsideration-panel';
export type BodyRules = Readonly<Record<BodyKind, BodyRule>>;

export interface BodyMember {
  readonly memberId: string;
  readonly capacity: string;
}

/** 组成是否合规 — each reason in a sentence; empty when the body may be formed. 三(三)2 */
export function compositionFaults(rule: Pick<BodyRule, 'zh' | 'seats'>, members: readonly BodyMember[]): string[] {
  const faults: string[] = [];
  for (const seat of rule.seats) {
    const count = members.filter(({ capacity }) => seat.capacities.includes(capacity)).length;
    if (count < seat.least) faults.push(`${rule.zh}须有${seat.zh}至少 ${seat.least} 名，现有 ${count} 名`);
    if (seat.most !== undefined && count > seat.most) faults.push(`${rule.zh}的${seat.zh}至多 ${seat.most} 名，现有 ${count} 名`);
  }
  const known = new Set(rule.seats.flatMap((seat) => seat.capacities));
  for (const { capacity } of members) if (!known.has(capacity)) faults.push(`${rule.zh}没有“${capacity}”这类成员`);
  if (new Set(members.map(({ memberId }) => memberId)).size !== members.length) faults.push(`${rule.zh}的成员有重复`);
  return faults;
}

/** 法定人数 for a body of this size: at least three and at least two thirds. */
export function quorumOf(rule: BodyRule, size: number): number {
  return Math.max(rule.quorum.least, Math.ceil((size * rule.quorum.numerator) / rule.quorum.denominator));
}

export interface Attendance {
  readonly members: readonly string[];
  readonly present: readonly string[];
  readonly withdrawn: readonly string[];
  /** Called in for members who withdrew or are absent; they take those seats, so the body does not grow. */
  readonly substitutes?: readonly string[];
}

export interface QuorumVerdict {
  readonly met: boolean;
  readonly needed: number;
  readonly deciding: readonly string[];
  readonly missing: number;
}

/** 逐户人数 — those present and not withdrawn for this household against what the body needs. 三(三)2 */
export function quorum(rule: BodyRule, { members, present, withdrawn, substitutes = [] }: Attendance): QuorumVerdict {
  const free = [...new Set(present)].filter((member) => !withdrawn.includes(member));
  const own = free.filter((member) => members.includes(member));
  const stepIns = free.filter((member) => !members.includes(member) && substitutes.includes(member));
  const deciding = [...own, ...stepIns.slice(0, members.length - own.length)];
  const needed = quorumOf(rule, members.length);
  return { met: deciding.length >= needed, needed, deciding, missing: Math.max(0, needed - deciding.length) };
}

export interface MemberTies {
  readonly memberId: string;
  readonly ownHouseholdId: string | null;
  readonly kinHouseholdIds: readonly string[];
  /** Open disputes or debts, recorded. */
  readonly conflictHouseholdIds: readonly string[];
}

export type RecusalReason = 'own-household' | 'kin' | 'conflict';

/** 回避事由 of a member for a household, each of them, for the record; empty when none is known. 三(三)3 */
export function recusalsOf(ties: MemberTies, householdId: string): RecusalReason[] {
  const reasons: RecusalReason[] = [];
  if (ties.ownHouseholdId === householdId) reasons.push('own-household');
  if (ties.kinHouseholdIds.includes(householdId)) reasons.push('kin');
  if (ties.conflictHouseholdIds.includes(householdId)) reasons.push('conflict');
  return reasons;
}

/** 可替补人选 — of those who could be called in, the ones not present who would not have to withdraw. */
export function substitutesFor(ties: readonly MemberTies[], present: readonly string[], householdId: string): string[] {
  return ties.filter((one) => !present.includes(one.memberId) && recusalsOf(one, householdId).length === 0).map((one) => one.memberId);
}

export function checkBodies(rules: BodyRules): Issue[] {
  return Object.entries(rules).flatMap(([kind, rule]) => [
    ...(rule.source ? [] : [issue([kind, 'source'], 'body.source', '请写明依据的条款')]),
    ...rule.seats.flatMap((seat, index) =>
      seat.most !== undefined && seat.most < seat.least ? [issue([kind, 'seats', index], 'body.seat', `${seat.zh}的上限小于下限，请核对`)] : [],
    ),
    ...(rule.quorum.numerator <= rule.quorum.denominator && rule.quorum.denominator > 0 ? [] : [issue([kind, 'quorum'], 'body.quorum', '法定人数比例须在 0 与 1 之间')]),
  ]);
}
