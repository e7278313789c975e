import { Random } from '../demo/random';

/** What befalls the publication of a village; days count from the day on which every village posted its results. */
export type VillagePlan =
  | { readonly kind: 'quiet' }
  | { readonly kind: 'suspended'; readonly on: number; readonly resumedOn: number }
  | { readonly kind: 'missing'; readonly from: number; readonly on: number }
  | { readonly kind: 'withdrawn'; readonly on: number; readonly postedOn: number };

/** What becomes of an objection about one household. */
export interface CasePlan {
  readonly objectOn: number;
  /** The request is sent again, as by a clerk who saw no answer. */
  readonly twice: boolean;
  /** A neighbour objects about the same household on the same day: one case. */
  readonly neighbour: boolean;
  readonly takeBackAfter: number | null;
  readonly conveneAfter: number;
  readonly answerAfter: number;
  readonly publishAfter: number;
  /** The score it is changed to, in hundredths; null keeps it. */
  readonly changedTo: number | null;
}

/** 公示七日、异议期十日 — as the policy says them, for the reference only. */
export const days = { publication: 7, objection: 10, answer: 5, outcome: 7 } as const;

export function villagePlans(random: Random, count: number): VillagePlan[] {
  const kinds = ['quiet', 'suspended', 'missing', 'withdrawn', 'suspended'] as const;
  return Array.from({ length: count }, (_, index): VillagePlan => {
    const on = random.whole(1, 5);
    switch (kinds[index % kinds.length] ?? 'quiet') {
      case 'quiet':
        return { kind: 'quiet' };
      case 'suspended':
        return { kind: 'suspended', on, resumedOn: on + random.whole(1, 14) };
      case 'missing':
        return { kind: 'missing', from: on - 1, on };
      case 'withdrawn':
        return { kind: 'withdrawn', on, postedOn: on + random.whole(1, 3) };
    }
  });
}

export function casePlan(random: Random): CasePlan {
  const takeBackAfter = random.chance(0.12) ? random.whole(0, 2) : null;
  return {
    objectOn: random.whole(0, 34),
    twice: random.chance(0.3),
    neighbour: takeBackAfter === null && random.chance(0.2),
    takeBackAfter,
    conveneAfter: random.whole(0, 4),
    answerAfter: random.whole(0, 4),
    publishAfter: random.whole(0, 2),
    changedTo: random.chance(0.4) ? random.whole(9000, 9900) : null,
  };
}

/** The day on which the present publication was posted, its last day, and the last day for objections. */
export function windowOf(plan: VillagePlan): { readonly postedOn: number; readonly lastDay: number; readonly objectionLastDay: number } {
  const postedOn = plan.kind === 'withdrawn' ? plan.postedOn : 0;
  const added = plan.kind === 'suspended' ? plan.resumedOn - plan.on : plan.kind === 'missing' ? plan.on - plan.from : 0;
  const lastDay = postedOn + days.publication + added;
  return { postedOn, lastDay, objectionLastDay: lastDay + days.objection };
}

export type Expected = 'not-posted' | 'late' | 'admitted' | 'taken-back';

/** What must become of an objection that comes on its day. */
export function expected(plan: VillagePlan, { objectOn, takeBackAfter }: CasePlan): Expected {
  const { postedOn, objectionLastDay } = windowOf(plan);
  const onTheFirst = plan.kind === 'withdrawn' && objectOn < plan.on;
  if (!onTheFirst && objectOn < postedOn) return 'not-posted';
  if (objectOn > objectionLastDay) return 'late';
  return takeBackAfter === null ? 'admitted' : 'taken-back';
}

/** The days on which an admitted case is called together, answered, its outcome hung, and over. */
export function caseDays({ objectOn, conveneAfter, answerAfter, publishAfter }: CasePlan): { readonly convenedOn: number; readonly answeredOn: number; readonly outcomeOn: number; readonly outcomeLastDay: number } {
  const convenedOn = objectOn + conveneAfter;
  const answeredOn = convenedOn + answerAfter;
  const outcomeOn = answeredOn + publishAfter;
  return { convenedOn, answeredOn, outcomeOn, outcomeLastDay: outcomeOn + days.outcome };
}

/** Whether the score of a household must be final at the end of a day, or must not. */
export function mustBeFinal(plan: VillagePlan, of: CasePlan, today: number): boolean {
  const { postedOn, objectionLastDay } = windowOf(plan);
  if (today < postedOn || today <= objectionLastDay || (plan.kind === 'suspended' && today >= plan.on && today < plan.resumedOn)) return false;
  const outcome = expected(plan, of);
  if (outcome === 'taken-back') return today >= of.objectOn + (of.takeBackAfter ?? 0);
  if (outcome !== 'admitted' || today < of.objectOn) return true;
  const { answeredOn, outcomeOn, outcomeLastDay } = caseDays(of);
  if (today < answeredOn) return false;
  return of.changedTo === null || (today >= outcomeOn && today > outcomeLastDay);
}
