import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadRules, readRules, repositoryRoot, RulesError, scorecardOn } from '@credit/platform';
import { plainDate } from '@credit/policy';

const shipped = join(repositoryRoot(), 'rules');

/** A copy of the shipped rules with one file changed. */
function changed(file: string, from: string | RegExp, to: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'rules-'));
  cpSync(shipped, folder, { recursive: true });
  const text = readFileSync(join(folder, file), 'utf8');
  const replaced = text.replace(from, to);
  expect(replaced).not.toBe(text);
  writeFileSync(join(folder, file), replaced);
  return folder;
}

function faultsOf(folder: string): string {
  try {
    loadRules(folder);
  } catch (error) {
    if (error instanceof RulesError) return error.faults.join('\n');
    throw error;
  }
  return '';
}

describe('the rule files', () => {
  it('ship without a fault, and warn that a vetoed household can still reach A', () => {
    const { faults, warnings } = readRules(shipped);
    expect(faults).toEqual([]);
    expect(warnings.join()).toContain('仍可达 A 级');
  });

  it('put the shipped card in force from its day, and never a profile', () => {
    const rules = loadRules(shipped);
    expect(scorecardOn(rules, 'H', plainDate('2022-11-13'))).toBeUndefined();
    expect(scorecardOn(rules, 'H', plainDate('2022-12-01'))).toMatchObject({ id: 'household', version: 1 });
  });

  it.each([
    ['points that do not sum to 100', 'scorecards/household.v1.yaml', 'points: 20\n', 'points: 21\n', /household\.v1\.yaml:\d+ 各指标分值之和为 101，须为 100/],
    ['a missing last band', 'scorecards/household.v1.yaml', /\n.*else: true, points: 0, zh: 逾期超过90天.*/, '', /household\.v1\.yaml:\d+ H01 缺少兜底的最后一档/],
    ['an unreachable band', 'scorecards/household.v1.yaml', 'atMost: 90, points: 6', 'atMost: 20, points: 6', /household\.v1\.yaml:\d+ H01 第 4 档已被前面的档覆盖/],
    ['an item that the archive does not have', 'scorecards/household.v1.yaml', 'item: ableWorkers', 'item: horoscope', /H09 引用的数据项“horoscope”不在数据项表中/],
    ['a veto choice nobody recorded', 'scorecards/household.v1.yaml', /vetoGradeCap: none.*\n/, '', /县级须先选定一票否决对等级的影响/],
    ['positives that do not sum to the cap', 'civility-items.yaml', 'positiveCap: 4', 'positiveCap: 5', /civility-items\.yaml:\d+ 各方面正面上限之和为 21 分，须等于正面清单满分 20 分/],
    ['an item that no list may contain', 'civility-items.yaml', '损坏公共设施', '越级上访', /涉及不得评议的内容/],
    ['a negative item without evidence', 'civility-items.yaml', 'zh: 乱倒垃圾, evidence: fact', 'zh: 乱倒垃圾, evidence: word', /“乱倒垃圾”的证据要求不足/],
    ['a term without a length', 'terms.yaml', 'days: 10, source', 'source', /terms\.yaml:\d+ 请只写 days/],
    ['an indicator about what nobody may be judged by', 'scorecards/household.v1.yaml', 'zh: 劳动力', 'zh: 家庭人口', /household\.v1\.yaml:\d+ H09“家庭人口”涉及不得评价的内容/],
    ['a code that an item cannot have', 'scorecards/household.v1.yaml', 'is: matched', 'is: perfect', /household\.v1\.yaml:\d+ H13 的取值“perfect”不在“自报与核查一致性/],
    ['a consent that is not asked for', 'scorecards/household.v1.yaml', 'consent: [economics, credit]', 'consent: [credit]', /household\.v1\.yaml:\d+ H03 使用了须经济信息授权的数据项/],
    ['a wrong type, in Chinese', 'scorecards/household.v1.yaml', 'points: 20\n', 'points: many\n', /household\.v1\.yaml:23 “indicators\.0\.points”填写不符合格式：无效输入/],
    ['limits under which every group is a signal', 'signals.yaml', 'groupFar: 0.8', 'groupFar: 0', /signals\.yaml:\d+ 各项界限须为正数/],
    ['broken YAML', 'terms.yaml', 'objection:\n', 'objection: [\n', /terms\.yaml:\d+ YAML 格式有误/],
  ])('name file and line of %s', (_what, file, from, to, sentence) => {
    expect(faultsOf(changed(file, from, to))).toMatch(sentence);
  });

  it('name a file that is not there', () => {
    const folder = mkdtempSync(join(tmpdir(), 'rules-'));
    cpSync(shipped, folder, { recursive: true });
    rmSync(join(folder, 'bodies.yaml'));
    expect(faultsOf(folder)).toBe('rules/bodies.yaml:1 缺少这个规则文件，请补上');
  });

  it('tell all faults at once', () => {
    const folder = changed('terms.yaml', 'days: 10, source', 'source');
    const card = join(folder, 'scorecards/household.v1.yaml');
    writeFileSync(card, readFileSync(card, 'utf8').replace('points: 20\n', 'points: 21\n'));
    expect(faultsOf(folder)).toMatch(/terms[\s\S]*各指标分值之和/);
  });
});
