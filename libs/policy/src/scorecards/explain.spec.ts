import { compileScorecard, explain, rateSubject, type RatingInput, type Scorecard } from '@credit/policy';

const card: Scorecard = {
  id: 'test',
  kind: 'H',
  version: 1,
  effectiveFrom: '2022-11-14',
  zh: '测试卡',
  source: '三(六)',
  weights: { civility: 30, quantitative: 70 },
  vetoGradeCap: 'none',
  grades: [
    { grade: 'AAA', from: 90, source: 'x' },
    { grade: 'A', from: 70, source: 'x' },
    { grade: 'D', from: 0, source: 'x' },
  ],
  gates: [{ id: 'G01', zh: '失信被执行人', item: 'court', is: 'yes', cap: 'D', source: 'x' }],
  indicators: [
    { id: 'H01', zh: '逾期', points: 60, fact: { item: 'overdue' }, source: 'x', bands: [{ atMost: 0, points: 60, zh: '从未逾期', source: 'H01' }, { atMost: 30, points: 40, zh: '不超过30天', source: 'H01' }, { else: true, points: 0, zh: '超过30天', source: 'H01' }] },
    { id: 'H02', zh: '收入来源', points: 40, consent: ['economics'], fact: { item: 'sources' }, source: 'x', bands: [{ atLeast: 2, points: 40, zh: '两个', source: 'H02' }, { else: true, points: 20, zh: '少于两个', source: 'H02' }] },
  ],
};
const compiled = compileScorecard(card);
const told = (items: Record<string, string>, given: Partial<RatingInput> = {}) =>
  explain(card, rateSubject(compiled, { items: { court: 'no', ...items }, medians: {}, consent: { economics: true, credit: true }, civility: { hundredths: 8000, vetoed: false }, ...given }));

describe('评级说明', () => {
  it('says the total with its parts, every item that counted, and the four that weigh most', () => {
    const { summary, counted, strongest } = told({ overdue: '10', sources: '1' });
    expect(summary).toBe('总分 66.00 分，等级 D：乡风文明评议 80.00 分，占 30%；定量部分 60.00 分，占 70%。');
    expect(counted).toEqual(['“逾期”：不超过30天，得 40 分（满分 60 分；依据 H01）。', '“收入来源”：少于两个，得 20 分（满分 40 分；依据 H02）。']);
    expect(strongest).toEqual([
      '“逾期”为“不超过30天”，得 40 分（满分 60 分），折合总分少 14.00 分。',
      '“收入来源”为“少于两个”，得 20 分（满分 40 分），折合总分少 14.00 分。',
      '乡风文明评议得 80.00 分，折合总分少 6.00 分。',
    ]);
  });

  it('says what would raise the grade, and how far it is to the next', () => {
    expect(told({ overdue: '10', sources: '1' }).raises).toEqual([
      '距离 A 级还差 4.00 分。',
      '“逾期”达到“从未逾期”，总分可为 80.00 分，等级可升为 A。',
      '“收入来源”达到“两个”，总分可为 80.00 分，等级可升为 A。',
    ]);
  });

  it('names what holds the grade down, and promises no step that the cap forbids', () => {
    const { summary, raises } = told({ overdue: '0', sources: '1', court: 'yes' });
    expect(summary).toContain('因“失信被执行人”，等级至多为 D。');
    expect(raises[0]).toBe('封顶的情形解除后，按现有得分等级为 A。');
    expect(raises.join()).not.toContain('等级可升为');
  });

  it('without data or consent names what did not count and what to do, and no total', () => {
    const { summary, notCounted, strongest, raises } = told({ overdue: '0', sources: '2' }, { consent: { economics: false, credit: true }, civility: null });
    expect(summary).toBe('未授权使用经济或信贷信息，暂不评定等级。');
    expect(notCounted).toEqual(['“收入来源”：没有资料或没有授权，未计入。', '乡风文明评议：尚无生效的得分，未计入。']);
    expect(strongest).toEqual([]);
    expect(raises).toEqual(['补充或授权使用“收入来源”的资料。']);
  });
});
