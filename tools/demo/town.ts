import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '@credit/platform';
import { creditCodeCheckCharacter, organisationCheckCharacter } from '@credit/policy';
import { type CollectionConsent, collectiveItems, entityItems, householdItems, type Values } from './items';
import { People, type Person } from './people';
import { Random } from './random';

export interface DemoHousehold {
  readonly householdNo: string;
  readonly groupCode: string;
  readonly address: string;
  readonly members: readonly Person[];
  /** Households of one family (a father's and his sons') share this number. */
  readonly family: number;
  readonly items: Values;
  readonly consent: CollectionConsent;
}

export interface DemoEntity {
  readonly name: string;
  readonly creditCode: string;
  readonly villageCode: string;
  readonly items: Values;
}

export interface DemoVillage {
  readonly code: string;
  readonly name: string;
  readonly groups: readonly { readonly code: string; readonly name: string }[];
  readonly households: readonly DemoHousehold[];
  readonly entities: readonly DemoEntity[];
  readonly collective: DemoEntity | null;
}

export interface DemoTown {
  readonly countyCode: string;
  readonly townCode: string;
  /** The villages of the 2022 plan first, with their households; the others have a collective only. */
  readonly villages: readonly DemoVillage[];
}

const countyCode = '341525000000';
const townCode = '341525109000';
/** 2022 年重点建设村: 白莲崖、舞旗河、多盘坳、百家山、汪良 (二). */
const planned = ['341525109204', '341525109200', '341525109206', '341525109209', '341525109202'];
const groupNames = ['上湾组', '下湾组', '老屋组', '新塘组', '河口组', '岭头组'];
const entityKinds = ['茶叶专业合作社', '中药材种植专业合作社', '家庭农场', '毛竹专业合作社', '生态养殖场'];

interface DivisionRow {
  readonly code: string;
  readonly name: string;
  /** A community (居委会) has no collective. */
  readonly community: boolean;
}

function villagesOf(town: string): DivisionRow[] {
  return readFileSync(join(repositoryRoot(), 'rules/divisions/huoshan.csv'), 'utf8')
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(','))
    .filter(([, , level, parent]) => (level === 'village' || level === 'community') && parent === town)
    .map(([code = '', name = '', level]) => ({ code, name, community: level === 'community' }));
}

function creditCode(prefix: string, order: number): string {
  const eight = `MA9${String(order).padStart(5, '0')}`;
  const first17 = `${prefix}341525${eight}${organisationCheckCharacter(eight)}`;
  return first17 + creditCodeCheckCharacter(first17);
}

class Builder {
  private readonly random: Random;
  private families = 0;
  private entities = 0;

  constructor(seed: number) {
    this.random = new Random(seed);
  }

  village(row: DivisionRow, households: number, entities: number): DemoVillage {
    const groupCount = Math.max(1, Math.min(groupNames.length, Math.round(households / 45) || 1));
    const groups = groupNames.slice(0, groupCount).map((name, index) => ({ code: `${row.code}${String(index + 1).padStart(2, '0')}`, name }));
    const people = new People(this.random);
    const made: DemoHousehold[] = [];
    while (made.length < households) made.push(...this.family(row, groups, people, made).slice(0, households - made.length));
    return {
      code: row.code,
      name: row.name,
      groups,
      households: made,
      entities: Array.from({ length: entities }, () => this.entity(row, people)),
      collective: row.community ? null : this.collective(row),
    };
  }

  /** A family spread over several households: a father's and those of his sons, often in one villager group. */
  private family(row: DivisionRow, groups: DemoVillage['groups'], people: People, before: readonly DemoHousehold[]): DemoHousehold[] {
    this.families += 1;
    const surname = people.familyName();
    const generation = people.generation();
    const size = this.random.weighted({ '1': 5, '2': 3, '3': 2 });
    const home = this.random.pick(groups);
    return Array.from({ length: Number(size) }, (_one, index) => {
      const group = this.random.chance(0.8) ? home : this.random.pick(groups);
      const order = before.length + index + 1;
      return this.household(row, group, order, surname, index === 0 ? undefined : generation, people);
    });
  }

  private household(row: DivisionRow, group: DemoVillage['groups'][number], order: number, surname: string, generation: string | undefined, people: People): DemoHousehold {
    const elder = generation === undefined;
    const female = this.random.chance(0.08);
    const members: Person[] = [people.person('户主', female ? 'female' : 'male', elder ? 1952 : 1972, elder ? 1970 : 1990, surname, female ? undefined : generation)];
    if (this.random.chance(0.85)) members.push(people.person('配偶', female ? 'male' : 'female', elder ? 1953 : 1974, elder ? 1972 : 1992, people.familyName()));
    const children = elder ? this.random.whole(0, 1) : this.random.whole(0, 2);
    for (let child = 0; child < children; child += 1) {
      const daughter = this.random.chance(0.5);
      members.push(people.person(daughter ? '女儿' : '儿子', daughter ? 'female' : 'male', elder ? 1985 : 2006, elder ? 2000 : 2018, surname));
    }
    const { items, consent } = householdItems(this.random, members.length);
    return {
      householdNo: `H${group.code}${String(order).padStart(4, '0')}`,
      groupCode: group.code,
      address: `${row.name}${group.name}${order}号`,
      members,
      family: this.families,
      items,
      consent,
    };
  }

  private entity(row: DivisionRow, people: People): DemoEntity {
    this.entities += 1;
    const kind = this.random.pick(entityKinds);
    const name = `霍山县${row.name.replace(/(村民委员会|村委会|社区居委会)$/, '').replace(/村$/, '')}${people.familyName()}氏${kind}`;
    return { name: `${name}${this.entities}`, creditCode: creditCode(kind.includes('合作社') ? '93' : '91', this.entities), villageCode: row.code, items: entityItems(this.random) };
  }

  private collective(row: DivisionRow): DemoEntity {
    this.entities += 1;
    return { name: `霍山县大化坪镇${row.name.replace(/(村民委员会|村委会)$/, '村')}股份经济合作社`, creditCode: creditCode('N2', this.entities), villageCode: row.code, items: collectiveItems(this.random) };
  }
}

/**
 * 演示镇 — 大化坪镇 with its real divisions and synthetic people: the same seed and size give the same town.
 * `households` are spread evenly over the five villages of the 2022 plan.
 */
export function makeTown(households: number, seed = 20_221_114): DemoTown {
  const builder = new Builder(seed);
  const rows = villagesOf(townCode);
  const inPlan = planned.map((code) => rows.find((row) => row.code === code)).filter((row) => row !== undefined);
  const others = rows.filter((row) => !planned.includes(row.code));
  const share = (total: number, index: number): number => Math.floor(total / inPlan.length) + (index < total % inPlan.length ? 1 : 0);
  const entities = Math.min(40, Math.max(5, Math.round(households / 30)));
  return {
    countyCode,
    townCode,
    villages: [...inPlan.map((row, index) => builder.village(row, share(households, index), share(entities, index))), ...others.map((row) => builder.village(row, 0, 0))],
  };
}
