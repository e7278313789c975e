import { type BodyRule, type BodyRules, checkBodies, compositionFaults, quorum } from '@credit/policy';

const rule = (more: Partial<BodyRule> = {}): BodyRule => ({
  zh: '评议小组',
  seats: [
    { capacities: ['cadre'], zh: '包片干部', least: 1, most: 1 },
    { capacities: ['villager', 'elder'], zh: '村民代表', least: 2 },
  ],
  quorum: { least: 3, numerator: 2, denominator: 3 },
  source: '三(三)2',
  ...more,
});
const members = (...capacities: string[]) => capacities.map((capacity, index) => ({ memberId: `m${index}`, capacity }));

describe('组成是否合规', () => {
  it.each<[string, { memberId: string; capacity: string }[], string[]]>([
    ['just enough', members('cadre', 'villager', 'elder'), []],
    ['more than enough where no most is named', members('cadre', 'villager', 'elder', 'villager', 'villager'), []],
    ['nobody', [], ['评议小组须有包片干部至少 1 名，现有 0 名', '评议小组须有村民代表至少 2 名，现有 0 名']],
    ['one too many', members('cadre', 'cadre', 'villager', 'elder'), ['评议小组的包片干部至多 1 名，现有 2 名']],
    ['somebody of no seat', members('cadre', 'villager', 'elder', 'banker'), ['评议小组没有“banker”这类成员']],
    ['one person twice', [...members('cadre', 'villager'), { memberId: 'm1', capacity: 'elder' }], ['评议小组的成员有重复']],
  ])('%s', (_what, given, faults) => {
    expect(compositionFaults(rule(), given)).toEqual(faults);
  });

  it('takes nobody as a substitute where none was named', () => {
    expect(quorum(rule(), { members: ['a', 'b', 'c'], present: ['a', 'b', 'x'], withdrawn: [] })).toEqual({ met: false, needed: 3, deciding: ['a', 'b'], missing: 1 });
  });
});

describe('组织规则的检查', () => {
  it.each<[string, Partial<BodyRule>, object[]]>([
    ['sound', {}, []],
    ['no source', { source: '' }, [{ path: ['review-group', 'source'], code: 'body.source', message: '请写明依据的条款' }]],
    ['a most below the least', { seats: [{ capacities: ['cadre'], zh: '包片干部', least: 1 }, { capacities: ['villager'], zh: '村民代表', least: 2, most: 1 }] }, [{ path: ['review-group', 'seats', 1], code: 'body.seat', message: '村民代表的上限小于下限，请核对' }]],
    ['a most of nobody', { seats: [{ capacities: ['cadre'], zh: '包片干部', least: 1, most: 0 }] }, [{ path: ['review-group', 'seats', 0], code: 'body.seat', message: '包片干部的上限小于下限，请核对' }]],
    ['everybody', { quorum: { least: 3, numerator: 3, denominator: 3 } }, []],
    ['more than everybody', { quorum: { least: 3, numerator: 4, denominator: 3 } }, [{ path: ['review-group', 'quorum'], code: 'body.quorum', message: '法定人数比例须在 0 与 1 之间' }]],
    ['parts of nothing', { quorum: { least: 3, numerator: 0, denominator: 0 } }, [{ path: ['review-group', 'quorum'], code: 'body.quorum', message: '法定人数比例须在 0 与 1 之间' }]],
  ])('%s', (_what, more, expected) => {
    expect(checkBodies({ 'review-group': rule(more) } as BodyRules)).toEqual(expected.map((fault) => ({ severity: 'error', ...fault })));
  });
});
