import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadRules, repositoryRoot } from '@credit/platform';
import { canonicalText, compileScorecard, deriveFacts, factFrom, rateSubject, type RatingInput } from '@credit/policy';
import fc from 'fast-check';
import { runCaseFile } from './case-file';
import { checkRules } from './check-rules';
import { bestFacts, edgeFacts, factIn } from './edge-cases';
import { factsDocument } from './facts-document';

const root = repositoryRoot();
const rules = loadRules(join(root, 'rules'));
const folder = join(root, 'rules/cases');

describe('the project’s own cases', () => {
  it.each(readdirSync(folder))('%s hold', (name) => {
    const report = runCaseFile(rules, join(folder, name), name);
    expect(report.failures).toEqual([]);
    expect(report.passed).toBeGreaterThan(0);
  });
});

describe('a clerk’s case file', () => {
  const run = (text: string) => {
    const path = join(mkdtempSync(join(tmpdir(), 'cases-')), 'mine.yaml');
    writeFileSync(path, text);
    return runCaseFile(rules, path, 'mine.yaml').failures;
  };

  it('shows expected against actual, with the line', () => {
    expect(run('- name: 错一天\n  window: { kind: objection, openedOn: 2022-12-08 }\n  expect: { lastDay: 2022-12-19 }\n')).toEqual(['mine.yaml:3 “错一天” lastDay：预期 2022-12-19，实际 2022-12-18']);
  });

  it('compares only what is expected, and single lines of a scorecard', () => {
    expect(run('- name: 部分\n  scorecard: { card: H, on: 2022-12-01, facts: { H01: { state: none }, H04: { ratio: 1.2 } } }\n  expect: { status: insufficient, lines: { H04: 10 } }\n')).toEqual([]);
  });

  it('names the line of a scorecard that differs, and does not take nothing for zero', () => {
    const scorecard = 'scorecard: { card: H, on: 2022-12-01, facts: { H04: { of: [12000, 10000] } } }';
    expect(run(`- name: 部分\n  ${scorecard}\n  expect: { points: 0, lines: { H04: 12, H05: 0 } }\n`)).toEqual([
      'mine.yaml:3 “部分” points：预期 0，实际 null',
      'mine.yaml:3 “部分” lines.H04：预期 12，实际 10',
      'mine.yaml:3 “部分” lines.H05：预期 0，实际 null',
    ]);
  });

  it('takes the same moment and the same number for the same, however written', () => {
    expect(run("- name: a\n  window: { kind: answer, openedOn: '2022-12-12' }\n  expect: { overAt: 2022-12-17T16:00:00Z }\n")).toEqual([]);
    expect(run("- name: a\n  household: { civility: '95.00', quantitative: 88.50 }\n  expect: { total: '90.45' }\n")).toEqual([]);
  });

  it.each([
    ['a state that the indicator does not know', '- name: a\n  scorecard: { card: H, on: 2022-12-01, facts: { H01: { state: never } } }\n  expect: { status: rated }\n', /fact\.unknown-state/],
    ['a code that the item does not know', '- name: a\n  scorecard: { card: H, on: 2022-12-01, facts: { H12: { value: broken } } }\n  expect: { status: rated }\n', /H12 没有取值“broken”；可用：none、no-arrears、plan-kept、default/],
    ['a word where a number is judged', '- name: a\n  scorecard: { card: H, on: 2022-12-01, facts: { H09: { value: many } } }\n  expect: { status: rated }\n', /H09 没有取值“many”；请写数字/],
    ['three decimal places', '- name: a\n  household: { civility: 95.125, quantitative: 80 }\n  expect: { total: 1 }\n', /household\.civility 填写有误：分值须为不小于 0 的数，至多两位小数/],
    ['a negative mark', '- name: a\n  civility: { positives: [], negatives: [-5], vetoes: 0 }\n  expect: { score: 75 }\n', /civility\.negatives\.0 填写有误/],
    ['an expectation of nothing', '- name: a\n  window: { kind: objection, openedOn: 2022-12-08 }\n  expect: {}\n', /须有 name（名称）和 expect（预期）/],
    ['two situations in one case', '- name: a\n  window: { kind: objection, openedOn: 2022-12-08 }\n  civility: {}\n  expect: { score: 80 }\n', /mine\.yaml:3 “a” 须且只须写一种情形/],
    ['a long number without quotes', '- name: a\n  identifier: { kind: residentId, value: 341525190001019912 }\n  expect: { valid: true }\n', /长号码请加引号/],
    ['an unknown kind', '- name: a\n  weather: { }\n  expect: { lastDay: 2022-12-19 }\n', /mine\.yaml:2 “a” 须且只须写一种情形/],
    ['an unknown key', '- name: a\n  window: { kind: objection, openedOn: 2022-12-08, colour: red }\n  expect: { lastDay: 2022-12-18 }\n', /mine\.yaml:2 “a” window 填写有误/],
    ['an unknown expectation', '- name: a\n  window: { kind: objection, openedOn: 2022-12-08 }\n  expect: { score: 5 }\n', /mine\.yaml:3 “a” 预期里没有 score/],
    ['a day that is none', '- name: a\n  window: { kind: objection, openedOn: 2023-02-29 }\n  expect: { lastDay: 2022-12-18 }\n', /mine\.yaml:2 “a” window\.openedOn 填写有误：日期须形如/],
    ['an indicator that the card lacks', '- name: a\n  scorecard: { card: H, on: 2022-12-01, facts: { H99: { state: none } } }\n  expect: { status: rated }\n', /没有指标 H99/],
    ['no list', 'name: a\n', /事例文件须是一个列表/],
    ['broken YAML', '- name: [\n', /YAML 格式有误/],
  ])('explains %s', (_what, text, sentence) => expect(run(text).join()).toMatch(sentence));
});

describe('npm run rules', () => {
  const rulesCommand = (...args: string[]) => spawnSync(process.execPath, [join(root, 'tools/rules.mjs'), ...args], { encoding: 'utf8', env: { ...process.env, INIT_CWD: root } });

  it('ends with 0 when every case holds and with another code when one fails, or the file is not there', () => {
    const good = rulesCommand('test', 'rules/cases/windows.yaml', 'rules/cases/scores.yaml');
    expect(good.stdout).toMatch(/\d+ 个事例相符，0 个不符/);
    expect(good.status).toBe(0);
    const path = join(mkdtempSync(join(tmpdir(), 'cases-')), 'mine.yaml');
    writeFileSync(path, '- name: 错一天\n  window: { kind: objection, openedOn: 2022-12-08 }\n  expect: { lastDay: 2022-12-19 }\n');
    const bad = rulesCommand('test', path, 'rules/cases/nothing.yaml');
    expect(bad.stderr).toContain('预期 2022-12-19，实际 2022-12-18');
    expect(bad.stderr).toContain('没有找到文件 rules/cases/nothing.yaml');
    expect(bad.status).toBe(1);
  });

  it('checks the rule files, and shows how it is used when it is not understood', () => {
    expect(rulesCommand('check')).toMatchObject({ status: 0, stdout: expect.stringContaining('规则文件检查通过') as string });
    expect(rulesCommand('tset')).toMatchObject({ status: 2, stderr: expect.stringContaining('用法') as string });
  });
});

describe('checking all rule files', () => {
  const changed = (name: string, change: (text: string) => string) => {
    const copy = mkdtempSync(join(tmpdir(), 'rules-'));
    cpSync(join(root, 'rules'), copy, { recursive: true });
    writeFileSync(join(copy, name), change(readFileSync(join(copy, name), 'utf8')));
    return checkRules(copy).faults.join('\n');
  };

  it('finds nothing wrong with those shipped', () => expect(checkRules(join(root, 'rules')).faults).toEqual([]));
  it('names a case file that is no YAML', () => expect(changed('cases/windows.yaml', (text) => `${text}- name: [\n`)).toMatch(/rules\/cases\/windows\.yaml:\d+ YAML 格式有误/));
  it('reads the access table and the notices as their services do', () => {
    expect(changed('access/roles.yaml', (text) => text.replace('roles:', 'rolls:'))).toContain('rules/access');
    expect(changed('notices/telling.yaml', () => 'versions: []\n')).toContain('rules/notices/telling.yaml');
  });
});

describe.each(rules.scorecards.map((card) => [`${card.id} v${card.version}`, card] as const))('scorecard %s', (_name, card) => {
  const compiled = compileScorecard(card);
  const best = bestFacts(card);

  it('gives full marks to the best facts', () => {
    expect(compiled.evaluate(best)).toMatchObject({ status: 'rated', pointsHundredths: 10_000, missing: [] });
  });

  it('judges every edge of every band within the indicator’s points, and names the next better band truly', () => {
    for (const indicator of card.indicators) {
      for (const written of edgeFacts(indicator)) {
        const line = compiled.evaluate({ ...best, [indicator.id]: factFrom(written, indicator) }).lines.find((one) => one.indicator === indicator.id);
        expect(line?.pointsHundredths).toBeGreaterThanOrEqual(0);
        expect(line?.pointsHundredths).toBeLessThanOrEqual(Math.round(indicator.points * 100));
        if (!line?.nearest) continue;
        const promised = line.nearest.pointsHundredths;
        expect(promised).toBeGreaterThan(line.pointsHundredths ?? 0);
        const reached = indicator.bands.filter((band) => Math.round(band.points * 100) === promised).map(factIn).find((fact) => fact !== undefined);
        const after = compiled.evaluate({ ...best, [indicator.id]: reached }).lines.find((one) => one.indicator === indicator.id);
        expect(after?.pointsHundredths).toBe(promised);
      }
    }
  });

  it('calls a subject insufficient when any one fact is missing: missing is not zero', () => {
    for (const { id } of card.indicators.filter(({ neutral }) => neutral === undefined)) expect(compiled.evaluate({ ...best, [id]: undefined })).toMatchObject({ status: 'insufficient', pointsHundredths: null, missing: [id] });
  });
});

describe('the household card on items of the archive', () => {
  const card = rules.scorecards.find((one) => one.id === 'household')!;
  const compiled = compileScorecard(card);
  const items = {
    hadLoan24m: 'no', longestOverdueDays24m: '0', nonPerformingLoan: 'no', guaranteesGiven: '0', annualIncome: '60000', netIncomePerHead: '15000', stableIncomeSources: '1', transfersOnly: 'no',
    insurableArea: '10', insuredArea: '8', netAssets: '50000', totalDebt: '30000', ableWorkers: '2', skillCertificate: 'no', contractedLandArea: '6', productiveAssetsValue: '0',
    collectiveContract: 'plan-kept', declarationMatch: 'corrected', courtDefaulter: 'no',
  };
  const input: RatingInput = { items, medians: { netIncomePerHead: '15000', netAssets: '0' }, consent: { economics: true, credit: true }, civility: { hundredths: 8000, vetoed: false } };
  const points = (id: string, changed: object = {}, medians = input.medians) => compiled.evaluate(deriveFacts(card, { ...items, ...changed }, medians)).lines.find((line) => line.indicator === id)?.pointsHundredths;

  it('reads states before numbers and compares ratios exactly', () => {
    expect(points('H01')).toBe(1700);
    expect(points('H03')).toBe(500);
    expect(points('H04')).toBe(1000);
    expect(points('H04', { netIncomePerHead: '22499.99' })).toBe(1000);
    expect(points('H04', { netIncomePerHead: '22500' })).toBe(1200);
    expect(points('H06')).toBe(500);
    expect(points('H06', { insurableArea: '0' })).toBe(300);
    expect(points('H07')).toBe(600);
    expect(points('H08')).toBe(1000);
    expect(points('H08', { annualIncome: '0' })).toBe(0);
    expect(points('H08', { annualIncome: '0', totalDebt: '0' })).toBe(1000);
    expect(points('H11')).toBe(300);
    expect(points('H12')).toBe(300);
  });

  it('without economic consent is not rated on economics: other lines are shown, there is no total', () => {
    const outcome = rateSubject(compiled, { ...input, consent: { economics: false, credit: true } });
    expect(outcome).toMatchObject({ status: 'not-rated-on-economics', totalHundredths: null, grade: null });
    expect(outcome.lines.find((line) => line.indicator === 'H09')?.pointsHundredths).toBe(500);
    expect(outcome.lines.find((line) => line.indicator === 'H04')).toMatchObject({ value: null, pointsHundredths: null });
  });

  it('caps a court-listed defaulter at C, and a veto by the county’s choice', () => {
    expect(rateSubject(compiled, { ...input, civility: { hundredths: 10_000, vetoed: false }, items: { ...items, courtDefaulter: 'yes' } })).toMatchObject({ grade: 'C', caps: [{ id: 'G01', cap: 'C' }] });
    const strict = compileScorecard({ ...card, vetoGradeCap: 'D' });
    expect(rateSubject(strict, { ...input, civility: { hundredths: 0, vetoed: true } })).toMatchObject({ grade: 'D', caps: [{ id: 'veto', cap: 'D' }] });
  });

  it('waits for the civility score', () => {
    expect(rateSubject(compiled, { ...input, civility: null })).toMatchObject({ status: 'insufficient', reasons: ['civility'], totalHundredths: null });
  });

  it('gives the same bytes for the same input', () => {
    expect(canonicalText(rateSubject(compiled, input))).toBe(canonicalText(rateSubject(compiled, JSON.parse(JSON.stringify(input)) as RatingInput)));
  });

  it('never gives fewer points for more income', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 100_000 }), fc.integer({ min: 0, max: 100_000 }), (a, b) => {
      const [low, high] = a < b ? [a, b] : [b, a];
      expect(points('H04', { netIncomePerHead: String(high) })!).toBeGreaterThanOrEqual(points('H04', { netIncomePerHead: String(low) })!);
    }));
  });
});

it('docs/facts.md is what the rule files say', () => {
  expect(readFileSync(join(root, 'docs/facts.md'), 'utf8')).toBe(factsDocument(rules));
});
