import type { PlainDate } from '@credit/policy';
import type { VillageApplication } from './village-application.store';
import type { VillagePlaque } from './village-plaque.store';

export type VillageStanding = 'valid' | 'expired' | 'renewed' | 'revoked';

/** 认定的现状 — computed on reading, whatever timers did; null where nothing was recognised. */
export function standingOf({ state, lastDay, endCause }: Pick<VillageApplication, 'state' | 'lastDay' | 'endCause'>, today: PlainDate): VillageStanding | null {
  if (lastDay === null) return null;
  if (endCause !== null) return endCause;
  return state === 'revoked' ? 'revoked' : today > lastDay ? 'expired' : 'valid';
}

/** 牌匾是否有效 — one that says another grade than the recognition has, or whose recognition ended, is to be recalled. */
export function plaqueStands(plaque: VillagePlaque, application: VillageApplication, today: PlainDate): boolean {
  return plaque.recalledOn === null && plaque.grade === application.grade && standingOf(application, today) === 'valid';
}
