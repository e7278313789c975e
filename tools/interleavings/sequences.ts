import type { Random } from '../demo/random';

/** What befalls a publication. */
export type VillageCommand = { readonly name: 'post' | 'tell' | 'suspend' | 'resume' | 'withdraw' } | { readonly name: 'missing'; readonly days: number };

/** What somebody does about the score of one household; `onWithdrawn` names the publication that was withdrawn, if there was one. */
export type HouseholdCommand =
  | { readonly name: 'object'; readonly ground: 'own-score' | 'procedure'; readonly onWithdrawn: boolean }
  | { readonly name: 'convene' | 'take-back' | 'publish-outcome' }
  | { readonly name: 'answer'; readonly changedTo: number | null };

/** One command on its day; `twice`: the same request is sent again, as by a clerk who saw no answer. */
export type Step = { readonly on: number; readonly twice: boolean } & ({ readonly household: null; readonly command: VillageCommand } | { readonly household: number; readonly command: HouseholdCommand });

/** Until this day publications are disturbed; afterwards each hangs again and runs out. */
const quietFrom = 6;
/** The last window is over by then: posted on day 6 at the latest, 7 days, at most 6 missed, 10 days. */
export const lastObjectionOn = 30;
export const lastDay = 38;

function villageSteps(random: Random): Step[] {
  const steps: Step[] = [];
  const add = (on: number, command: VillageCommand): void => void steps.push({ on, twice: random.chance(0.1), household: null, command });
  for (let on = 0; on < quietFrom; on += 1) {
    if (random.chance(0.5)) add(on, { name: 'post' });
    if (random.chance(0.2)) add(on, { name: 'tell' });
    if (random.chance(0.12)) add(on, { name: 'suspend' });
    if (random.chance(0.2)) add(on, { name: 'resume' });
    if (random.chance(0.12)) add(on, { name: 'missing', days: random.whole(0, 3) });
    if (random.chance(0.06)) add(on, { name: 'withdraw' });
  }
  for (const name of ['resume', 'post'] as const) add(quietFrom, { name });
  add(random.whole(quietFrom + 1, lastObjectionOn), { name: 'tell' });
  add(lastObjectionOn, { name: 'tell' });
  return steps;
}

function householdSteps(random: Random, household: number): Step[] {
  const steps: Step[] = [];
  const add = (on: number, command: HouseholdCommand): void => void (on <= lastObjectionOn && steps.push({ on, twice: random.chance(0.15), household, command }));
  let score = 8000;
  for (let times = random.whole(1, 3); times > 0; times -= 1) {
    const on = random.whole(0, lastObjectionOn);
    add(on, { name: 'object', ground: random.pick(['own-score', 'procedure']), onWithdrawn: random.chance(0.15) });
    if (random.chance(0.9)) add(on + random.whole(0, 3), { name: 'convene' });
    const changedTo = random.chance(0.65) ? (score += 100) : null;
    if (random.chance(0.85)) add(on + random.whole(1, 9), { name: 'answer', changedTo });
    if (random.chance(0.15)) add(on + random.whole(0, 4), { name: 'take-back' });
    add(on + random.whole(1, 10), { name: 'publish-outcome' });
  }
  add(lastObjectionOn, { name: 'publish-outcome' });
  return steps;
}

/** 一个村的各户各一序列 — interleaved with what befalls their publication; the steps of a day come in any order. */
export function sequence(random: Random, households: number): Step[] {
  const steps = [...villageSteps(random), ...Array.from({ length: households }, (_, household) => householdSteps(random, household)).flat()];
  return steps.map((step) => ({ step, at: step.on + random.next() })).toSorted((a, b) => a.at - b.at).map(({ step }) => step);
}
