import { readFileSync } from 'node:fs';
import type { DemoTown, DemoVillage } from '../demo/town';
import { type CountyGraphClient, Person } from './graph-client';

/** 一村的工作人员 */
export interface VillageStaff {
  readonly village: DemoVillage;
  readonly secretary: Person;
  readonly cadre: Person;
  readonly clerk: Person;
  /** 复核录入的另一名文书 */
  readonly checker: Person;
  readonly supervisor: Person;
  readonly collector: Person;
  /** Accounts by role, for who has to be named as a member of a body. */
  readonly accountIds: Readonly<Record<string, string>>;
}

/** 演示中的人 — every account and post was made through the graph by the administrators. */
export interface Cast {
  readonly systemAdmin: Person;
  readonly securityAdmin: Person;
  readonly countyOfficer: Person;
  readonly countyDirector: Person;
  readonly countyInspector: Person;
  readonly townOfficer: Person;
  readonly townPartyCommittee: Person;
  readonly townSupervisor: Person;
  readonly townVerifier: Person;
  /** 未列入 2022 年计划的村的文书 */
  readonly otherClerk: Person;
  readonly villages: readonly VillageStaff[];
  readonly signInNames: readonly (readonly [title: string, loginName: string])[];
  readonly password: string;
}

interface Post {
  readonly role: string;
  readonly divisionCode: string;
}

/** One password for the synthetic people of the sandbox; a real system has none. */
const password = 'demo-Huoshan-2022';

const villageRoles = [
  ['secretary', 'village-secretary', '党组织书记'],
  ['cadre', 'village-cadre', '包片干部'],
  ['clerk', 'village-clerk', '文书'],
  ['checker', 'village-clerk', '复核员'],
  ['supervisor', 'village-supervisor', '监委会主任'],
  ['collector', 'collector', '网格采集员'],
] as const;

class Hiring {
  readonly names: [string, string][] = [];

  constructor(
    private readonly graph: CountyGraphClient,
    readonly systemAdmin: Person,
    readonly securityAdmin: Person,
  ) {}

  async hire(loginName: string, title: string, posts: readonly Post[]): Promise<{ person: Person; accountId: string }> {
    const { accountId } = await this.systemAdmin.do<{ accountId: string }>('createAccount', { loginName, name: title, password }, 'accountId');
    for (const post of posts) await this.securityAdmin.do('givePost', { accountId, ...post }, 'postId');
    this.names.push([title, loginName]);
    return { person: new Person(title, this.graph, 'staff', { loginName, password }), accountId };
  }
}

export async function assemble(graph: CountyGraphClient, town: DemoTown, bootstrapFile: string): Promise<Cast> {
  const first = JSON.parse(readFileSync(bootstrapFile, 'utf8')) as Record<string, string>;
  const administrator = (role: string): Person => new Person(role, graph, 'staff', { loginName: role, password: first[role] ?? '' });
  const hiring = new Hiring(graph, administrator('system-admin'), administrator('security-admin'));
  const one = async (loginName: string, title: string, role: string, divisionCode: string): Promise<Person> => (await hiring.hire(loginName, title, [{ role, divisionCode }])).person;

  const planned = town.villages.filter((village) => village.households.length > 0);
  const others = town.villages.filter((village) => village.households.length === 0);
  const villages: VillageStaff[] = [];
  for (const [index, village] of planned.entries()) {
    const staff: Record<string, Person> = {};
    const accountIds: Record<string, string> = {};
    for (const [name, role, title] of villageRoles) {
      const hired = await hiring.hire(`v${index + 1}.${name}`, `${village.name.replace('委会', '')}${title}`, [{ role, divisionCode: village.code }]);
      staff[name] = hired.person;
      accountIds[name] = hired.accountId;
    }
    villages.push({ village, accountIds, ...(staff as Record<'secretary' | 'cadre' | 'clerk' | 'checker' | 'supervisor' | 'collector', Person>) });
  }
  return {
    systemAdmin: hiring.systemAdmin,
    securityAdmin: hiring.securityAdmin,
    countyOfficer: await one('county.officer', '县联席办经办人', 'county-officer', town.countyCode),
    countyDirector: await one('county.director', '县联席办负责人', 'county-director', town.countyCode),
    countyInspector: await one('county.inspector', '县督查组成员', 'county-inspector', town.countyCode),
    townOfficer: await one('town.officer', '镇联席办经办人', 'town-officer', town.townCode),
    townPartyCommittee: await one('town.party', '镇党委审核人', 'town-party-committee', town.townCode),
    townSupervisor: await one('town.supervisor', '镇监督小组成员', 'town-supervisor', town.townCode),
    townVerifier: await one('town.verifier', '镇信息校核专班成员', 'town-verifier', town.townCode),
    otherClerk: (await hiring.hire('other.clerk', '其他村文书（代）', others.map((village) => ({ role: 'village-clerk', divisionCode: village.code })))).person,
    villages,
    signInNames: hiring.names,
    password,
  };
}
