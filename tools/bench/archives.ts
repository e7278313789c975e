import { newId, systemActor, UnitOfWork } from '@credit/platform';
import { plainDate } from '@credit/policy';
import { startTestService, type TestService } from '@credit/testing';
import { archives } from '../../apps/archives/src/archives.service';
import { LoadVillage } from '../../apps/archives/src/imports/load-village';
import type { ReadHousehold, VillageData } from '../../apps/archives/src/imports/village-data';
import { People } from '../demo/people';
import { Random } from '../demo/random';
import { percentile, type Section } from './section';

const county = '341525000000';
const perGroup = 250;
const asks = 200;
/** Villages of the town of the demo, as far as the households go. */
const villages = ['341525109200', '341525109201', '341525109202', '341525109203', '341525109204', '341525109205', '341525109206', '341525109207', '341525109208', '341525109209'];

interface Known {
  readonly names: readonly string[];
  readonly numbers: readonly string[];
  readonly phones: readonly string[];
}

/** 检索与看板 — how long one waits for a search and for the coverage board of a whole county. */
export const archivesSection: Section = {
  name: 'archives',
  what: 'search and coverage board over 100,000 households',
  async run({ households = 100_000 }) {
    const service = await startTestService(archives);
    try {
      const known = await load(service, households);
      const { token } = await service.account({ posts: [{ role: 'county-officer', divisionCode: county }] });
      const search = 'query ($text: String!) { searchHouseholds(text: $text, first: 20) { rows { householdNo headMasked } } }';
      const timed = async (query: string, variables: (index: number) => Readonly<Record<string, unknown>>): Promise<number> => {
        const took: number[] = [];
        for (let index = 0; index < asks; index += 1) {
          const began = performance.now();
          await service.data(query, variables(index), token);
          took.push(performance.now() - began);
        }
        return percentile(took, 95);
      };
      const pick = (texts: readonly string[]) => (index: number) => ({ text: texts[(index * 7919) % texts.length] ?? '' });
      const rows = [
        ['search by name, p95', await timed(search, pick(known.names)), 100],
        ['search by household number, p95', await timed(search, pick(known.numbers)), 100],
        ['search by last four of the phone, p95', await timed(search, pick(known.phones)), 100],
        ['coverage board of the county, p95', await timed('query ($under: String!) { coverageBoard(under: $under) { total { kind filed { value } } rows { divisionCode kind filed { value } } trend { __typename } phases { __typename } } }', () => ({ under: county })), 100],
      ] as const;
      return rows.map(([figure, ms, most]) => ({ figure, value: `${ms.toFixed(0)} ms`, target: `≤ ${most} ms`, met: ms <= most }));
    } finally {
      await service.close();
    }
  },
};

async function load(service: TestService, households: number): Promise<Known> {
  const [work, loader] = [service.app.get(UnitOfWork, { strict: false }), service.app.get(LoadVillage, { strict: false })];
  const people = new People(new Random(7));
  const known: { names: string[]; numbers: string[]; phones: string[] } = { names: [], numbers: [], phones: [] };
  for (const [index, village] of villages.entries()) {
    const data = villageData(village, Math.floor(households / villages.length), people, index);
    for (const { householdNo, members } of data.households.filter((_one, order) => order % 50 === 0)) {
      known.names.push(members[0]?.name ?? '');
      known.numbers.push(householdNo);
      known.phones.push(members[0]?.phone?.slice(-4) ?? '0000');
    }
    await work.run(systemActor(), (tx) => loader.inside(tx, village, data, newId(), () => Promise.resolve()));
  }
  while ((await service.admin.query('SELECT 1 FROM archives.search_due LIMIT 1')).rowCount !== 0) await new Promise((resolve) => setTimeout(resolve, 500));
  await service.admin.query('VACUUM ANALYZE');
  return known;
}

/** Two adults each; numbers of the region that belongs to nobody. */
function villageData(village: string, count: number, people: People, order: number): VillageData {
  const groups = Array.from({ length: Math.ceil(count / perGroup) }, (_, index) => ({ code: `${village}${String(index + 1).padStart(2, '0')}`, name: `第${index + 1}组` }));
  const households = Array.from({ length: count }, (_, index): ReadHousehold => {
    const groupCode = groups[Math.floor(index / perGroup)]?.code ?? '';
    const surname = people.familyName();
    return {
      row: index,
      householdNo: `H${groupCode}${String((index % perGroup) + 1).padStart(4, '0')}`,
      groupCode,
      address: `${index + 1}号`,
      items: { annualIncome: '80000.00' },
      members: (['户主', '配偶'] as const).map((relation, of) => {
        const person = people.person(relation, of === 0 ? 'male' : 'female', 1950, 1990, surname);
        // The generator repeats its numbers after a while; a keyed hash only needs them to differ.
        const residentId = `${String(order)}${String(index * 2 + of).padStart(16, '0')}X`;
        return { row: index, name: person.name, residentId, birthDate: person.birthOn, adultFrom: plainDate('2000-01-01'), phone: person.phone, relation, head: of === 0, economics: true, credit: true, publishName: true };
      }),
    };
  });
  return { groups, households, entities: [], collectives: [] };
}
