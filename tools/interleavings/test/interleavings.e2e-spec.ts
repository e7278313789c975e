import { civilityReads } from '@credit/contracts';
import { Random } from '../../demo/random';
import { Accidents } from '../accidents';
import { Acting } from '../acting';
import { addDays } from '../reference';
import { fileRounds, forEachVillage } from '../rounds';
import { lastDay, sequence } from '../sequences';
import { running, ThreeServices } from '../three-services';
import { archivesAnswer, makeVillages } from '../villages';

/** 25 villages with a publication each, 8 households with a case each: 200 sequences over the same days. */
const villages = makeVillages(25, 8);
const random = new Random(20_221_201);
/** Days on which messages are held up while people work. */
const heldUp = new Set([2, 5, 9, 14, 17, 19, 21, 23, 25, 28]);
/** Days on which every score is compared with the reference. */
const compared = new Set([5, 9, 14, 17, 19, 21, 23, 25, 28, 31, 34, lastDay]);

interface ShownObjection {
  readonly id: string;
  readonly state: string;
  readonly answerDueOn: string | null;
  readonly overdue: boolean;
}

describe('200 sequences of objections, suspensions, withdrawals and answers, with messages late, in another order and twice', () => {
  let town: ThreeServices;
  let accidents: Accidents;
  let acting: Acting[] = [];

  beforeAll(async () => {
    town = await ThreeServices.start();
    archivesAnswer(town.archives, villages);
    accidents = new Accidents(town, random);
    const rounds = await fileRounds(town, villages);
    const began = addDays(await town.today(), 1);
    await town.moveTo(began);
    acting = villages.map((village) => new Acting(town, village, rounds.get(village) ?? '', began));
    await forEachVillage(acting, (one) => one.begin());
  }, 60_000);
  afterAll(() => town?.close());

  /** What rating is told of every score, beside what the reference says. */
  async function scores(today: number) {
    const pairs = [];
    for (const { village, references, present } of acting) {
      const shown = new Map((await town.read(civilityReads.finalScores, { villageCode: village.code }, 'civility', 'rating')).map((row) => [row.householdId, row]));
      for (const [index, { householdId }] of village.households.entries()) {
        const row = shown.get(householdId);
        const reference = references[index];
        pairs.push({
          is: { today, householdId, hundredths: row?.hundredths, version: row?.version, reason: row?.notFinalReason },
          mustBe: { today, householdId, hundredths: reference?.scores.at(-1), version: reference?.scores.length, reason: reference?.reason(present, today) },
        });
      }
    }
    return pairs;
  }

  it('are taken and refused step by step as the policy says, and no score is final too early, whatever was heard', async () => {
    const plans = acting.map((one) => ({ one, steps: sequence(random, one.village.households.length) }));
    const began = await town.today();
    let late = 0;
    for (let today = 0; today <= lastDay; today += 1) {
      if (today > 0) await town.moveTo(addDays(began, today));
      const work = () =>
        forEachVillage(plans, async ({ one, steps }) => {
          for (const step of steps) if (step.on === today) await one.act(step);
        });
      await (heldUp.has(today) ? accidents.holdUpDuring(work) : work());
      if (today % 4 === 1) await accidents.repeat(40);
      if (heldUp.has(today)) {
        for (const { is, mustBe } of await scores(today)) if (is.reason === null) expect(is).toEqual(mustBe);
        late += await accidents.giveBack();
      }
      if (heldUp.has(today) || compared.has(today)) await accidents.heard();
      if (compared.has(today)) for (const { is, mustBe } of await scores(today)) expect(is).toEqual(mustBe);
    }
    expect(late).toBeGreaterThan(100);
  }, 240_000);

  it('end in states that are lawful and those of the reference; whoever waits too long for an answer is known to the town', async () => {
    const byId = <T extends { readonly id: string }>(rows: readonly T[]): T[] => rows.toSorted((a, b) => a.id.localeCompare(b.id));
    for (const one of acting) {
      const under = one.village.code;
      const { publications } = await town.ask<{ publications: { rows: { id: string; state: string }[] } }>('publicity', 'village-clerk', 'query ($under: String) { publications(under: $under, kind: "publication.result", first: 200) { rows { id state } } }', { under });
      expect(byId(publications.rows)).toEqual(byId(one.notices.map((notice) => ({ id: notice.id, state: notice.stateOn(lastDay) }))));

      const { objections } = await town.ask<{ objections: { rows: ShownObjection[] } }>('appeals', 'village-clerk', 'query ($under: String) { objections(under: $under, first: 200) { rows { id state answerDueOn overdue } } }', { under });
      expect(byId(objections.rows)).toEqual(byId(one.objectionsOn(lastDay)));

      const { overdueReconsiderations } = await town.ask<{ overdueReconsiderations: { rows: { objectionIds: string[]; escalatedAt: string | null }[] } }>('appeals', 'town-supervisor', 'query ($under: String) { overdueReconsiderations(under: $under, first: 200) { rows { objectionIds escalatedAt } } }', { under });
      const overdue = one.objectionsOn(lastDay).filter((objection) => objection.overdue);
      expect(overdueReconsiderations.rows.flatMap(({ objectionIds }) => objectionIds).toSorted()).toEqual(overdue.map(({ id }) => id).toSorted());
      expect(overdueReconsiderations.rows.filter(({ escalatedAt }) => escalatedAt === null)).toEqual([]);
    }
  });

  it('leave every household its first score beside what came of it', async () => {
    for (const one of acting) {
      const ids = one.village.households.map(({ householdId }) => householdId);
      const { householdsByIds } = await town.ask<{ householdsByIds: { civilityScores: { firstScore: string; versions: { score: string }[] }[] }[] }>('civility', 'village-clerk', 'query ($ids: [ID!]!) { householdsByIds(ids: $ids) { civilityScores { firstScore versions { score } } } }', { ids });
      for (const [index, { civilityScores }] of householdsByIds.entries()) {
        const versions = (one.references[index]?.scores ?? []).map((hundredths) => ({ score: (hundredths / 100).toFixed(2) }));
        expect(civilityScores).toEqual([{ firstScore: '80.00', versions }]);
      }
    }
  });

  it('meet every kind of outcome', () => {
    const states = new Set(acting.flatMap((one) => one.objectionsOn(lastDay).map(({ state }) => state)));
    expect([...states].toSorted()).toEqual(['admitted', 'closed', 'panel-convened', 'refused', 'withdrawn']);
    const refusals = new Set(acting.flatMap(({ references }) => references.flatMap(({ filings }) => filings.map(({ refusal }) => refusal))));
    expect(refusals).toEqual(new Set([null, 'late', 'not-posted', 'publication-withdrawn']));
  });

  it('leave no message that could not be applied', async () => {
    for (const service of running) expect((await town.admin.query(`SELECT name, reason FROM "${service}".parked_message`)).rows).toEqual([]);
  });
});
