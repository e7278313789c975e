import type { InputFault } from '@credit/contracts';
import type { PlainDate } from '@credit/policy';

/** 与户主关系 of a member from the day of the change on. */
export interface Role {
  readonly memberId: string;
  readonly relation: string;
}

/** 一次变动改变什么 — one shape for every kind of event: who moves in where, who goes, who is what, where the household lives. Ids and codes only. */
export interface HouseholdChange {
  readonly joins: readonly (Role & { readonly householdId: string })[];
  readonly leaves: readonly string[];
  readonly roles: readonly Role[];
  readonly rehomed: { readonly householdId: string; readonly groupCode: string } | null;
}

/** 并村: what a village and each of its groups is continued by. */
export interface VillageChange {
  readonly villageCode: string;
  readonly successorCode: string;
  readonly groups: readonly { readonly groupCode: string; readonly newGroupCode: string; readonly name: string }[];
}

/** A present member as far as a change has to know. */
export interface Belonging {
  readonly memberId: string;
  readonly householdId: string;
  readonly head: boolean;
  readonly fromOn: PlainDate;
}

export const nothing: HouseholdChange = { joins: [], leaves: [], roles: [], rehomed: null };

interface Standing {
  readonly people: number;
  readonly heads: number;
}

/** How many people and heads each household has afterwards. */
export function standingAfter(change: HouseholdChange, households: readonly string[], members: readonly Belonging[], head: string): Map<string, Standing> {
  const joins = new Map(change.joins.map((join) => [join.memberId, join]));
  const roles = new Map(change.roles.map((role) => [role.memberId, role.relation]));
  const after = members
    .filter(({ memberId }) => !change.leaves.includes(memberId))
    .map(({ memberId, householdId, head: wasHead }) => {
      const relation = joins.get(memberId)?.relation ?? roles.get(memberId);
      return { householdId: joins.get(memberId)?.householdId ?? householdId, head: relation === undefined ? wasHead : relation === head };
    });
  return new Map(
    households.map((householdId) => {
      const own = after.filter((one) => one.householdId === householdId);
      return [householdId, { people: own.length, heads: own.filter((one) => one.head).length }];
    }),
  );
}

/** What stands against a change, each with how to put it right; nothing when it can take effect. */
export function faultsOf(change: HouseholdChange, households: readonly string[], members: readonly Belonging[], effectiveOn: PlainDate, head: string): InputFault[] {
  const known = new Map(members.map((member) => [member.memberId, member]));
  const named = [...change.joins.map(({ memberId }) => memberId), ...change.leaves, ...change.roles.map(({ memberId }) => memberId)];
  if (new Set(named).size !== named.length) return [{ path: 'members', message: '同一名成员只能填写一次，请删去重复的' }];
  if (named.some((memberId) => !known.has(memberId))) return [{ path: 'members', message: '所填成员不是有关农户的现有成员，请刷新后重新选择' }];
  const moving = [...change.joins.map(({ memberId }) => memberId), ...change.leaves].flatMap((memberId) => known.get(memberId) ?? []);
  const latest = moving.map(({ fromOn }) => fromOn).toSorted().at(-1);
  if (latest !== undefined && effectiveOn < latest) return [{ path: 'effectiveOn', message: `生效日不能早于该成员登记入户之日 ${latest}；事情更早发生的，请填登记入户之日，并在事由中写明` }];
  const standings = [...standingAfter(change, households, members, head).values()];
  if (standings.some(({ people, heads }) => people > 0 && heads !== 1)) return [{ path: 'roles', message: `变动后每户须有且只有一名户主，请在 roles 中填写新户主（与户主关系为“${head}”）和其他成员的关系` }];
  return [];
}
