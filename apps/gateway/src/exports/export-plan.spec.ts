import { buildSchema, parse, validate } from 'graphql';
import { exportPlan } from './export-plan';

const schema = buildSchema(`
  scalar Day
  type Query {
    """农户名册，按户编号"""
    households(under: String!, first: Int, after: String): HouseholdPage!
    """建档率"""
    coverage(under: String!, on: Day): [Coverage!]!
    household(id: ID!): Household
    counts: [Int!]!
  }
  type HouseholdPage { rows: [Household!]! nextCursor: String }
  type Household {
    id: ID!
    """户编号；县内唯一"""
    householdNo: String!
    """成员（脱敏）"""
    members: [Member!]!
    """档案"""
    file: File
    scores(year: Int!): [Int!]
  }
  type Member { id: ID! name: String! }
  type File { id: ID! """状态""" state: String! tags: [String!]! }
  type Coverage { villageCode: String! verified: Int! }
`);

describe('导出的计划', () => {
  it('takes people’s columns of a paged list, with the single objects in a row, and passes its conditions on', () => {
    const plan = exportPlan(schema, 'households');
    expect(plan).toMatchObject({ title: '农户名册，按户编号', paged: true });
    expect(plan?.columns).toEqual([
      { head: '户编号', path: ['householdNo'] },
      { head: '档案：状态', path: ['file', 'state'] },
      { head: '档案：tags', path: ['file', 'tags'] },
    ]);
    expect([...(plan?.args.keys() ?? [])]).toEqual(['under']);
    expect(validate(schema, parse(plan?.query ?? ''))).toEqual([]);
  });

  it('takes a list without pages', () => {
    const plan = exportPlan(schema, 'coverage');
    expect(plan).toMatchObject({ paged: false, columns: [{ head: 'villageCode' }, { head: 'verified' }] });
    expect(validate(schema, parse(plan?.query ?? ''))).toEqual([]);
  });

  it.each(['household', 'counts', 'nothing', 'constructor'])('%s is no list', (name) => expect(exportPlan(schema, name)).toBeUndefined());
});
