import type { Actor } from '@credit/platform';

/** 可见范围 — a villager sees what was made of the own household, staff what lies in their division. */
export function seesRating(actor: Actor, action: string, { subjectId, villageCode }: { readonly subjectId: string; readonly villageCode: string }): boolean {
  return actor.villager ? actor.villager.householdId === subjectId : actor.may(action, villageCode);
}
