import type { ItemList } from '../civility';
import { isPlainDate } from '../days';
import { type Issue, issue } from '../errors';
import { capped, type Grade, gradeOf, isCreditSubject, totalHundredths } from '../grades';
import { checkBands } from './check-bands';
import { checkCondition, checkConsent, checkFact, codesOf, type KnownItems } from './check-facts';
import { hundredths } from './evaluate';
import { type FactRule, type Indicator, itemsOf, type Requirement, type Scorecard } from './scorecard';

const fullPoints = 100;
const perfectHundredths = 10_000;

/** What a card is checked against: the archive's items of its kind, and the subjects that nobody may be judged by. */
export interface CheckedAgainst {
  readonly items?: KnownItems | undefined;
  readonly banned?: ItemList['banned'];
}

type Path = readonly (string | number)[];

function checkItems(id: string, rule: FactRule, path: Path, items: KnownItems | undefined): Issue[] {
  if (!items) return [];
  const unknown = itemsOf(rule).filter((name) => !items[name]);
  const faults = unknown.map((name) => issue([...path, 'fact'], 'indicator.item', `${id} 引用的数据项“${name}”不在数据项表中，请核对名称或先在 items.yaml 中登记`));
  return [...faults, ...checkFact(rule, [...path, 'fact'], id, items)];
}

function checkBanned({ id, zh, fact }: Indicator | Requirement, path: Path, { items = {}, banned = [] }: CheckedAgainst): Issue[] {
  const names = itemsOf(fact);
  const words = [zh, ...names.map((name) => items[name]?.zh ?? '')].join(' ');
  const codes = names.join(' ').toLowerCase();
  return banned
    .filter((subject) => codes.includes(subject.code.replaceAll('-', '')) || subject.words.some((word) => words.includes(word)))
    .map((subject) => issue([...path, 'zh'], 'card.banned', `${id}“${zh}”涉及不得评价的内容（${subject.words[0] ?? subject.code}），请删去`));
}

function checkIndicator(indicator: Indicator, path: Path, against: CheckedAgainst): Issue[] {
  const { id, fact, bands, source } = indicator;
  const { items } = against;
  const codes = items && fact.item !== undefined ? codesOf(items[fact.item]) : undefined;
  return [
    ...(source ? [] : [issue([...path, 'source'], 'indicator.source', `${id} 缺少依据，请补上`)]),
    ...checkItems(id, fact, path, items),
    ...(items ? bands.flatMap((band, index) => checkCondition(band, [...path, 'bands', index], id, fact, items)) : []),
    ...(items ? checkConsent(indicator, itemsOf(fact), path, items) : []),
    ...checkBands(indicator, path, codes),
    ...checkBanned(indicator, path, against),
  ];
}

function checkRequirement(requirement: Requirement, path: Path, kind: Scorecard['kind'], against: CheckedAgainst): Issue[] {
  const { id, fact, source } = requirement;
  const { items } = against;
  return [
    ...(kind === 'V' ? [] : [issue(path, 'requirement.village-only', '前置条件只用于信用村评分卡，请删去')]),
    ...(source ? [] : [issue([...path, 'source'], 'requirement.source', `${id} 缺少依据，请补上`)]),
    ...checkItems(id, fact, path, items),
    ...(items ? checkCondition(requirement, path, id, fact, items) : []),
    ...checkBanned(requirement, path, against),
  ];
}

function checkHouseholdPart(card: Scorecard): Issue[] {
  if (card.kind !== 'H') return card.weights || card.vetoGradeCap ? [issue(['weights'], 'card.household-only', '权重和一票否决封顶只用于农户评分卡，请删去')] : [];
  const issues: Issue[] = [];
  if (!card.weights || card.weights.civility + card.weights.quantitative !== fullPoints) issues.push(issue(['weights'], 'card.weights', '乡风文明与定量部分的权重之和须为 100'));
  if (card.vetoGradeCap === undefined) issues.push(issue(['vetoGradeCap'], 'card.veto-choice', '县级须先选定一票否决对等级的影响：写 none（不封顶）或一个等级'));
  else if (card.weights && card.grades.at(-1)?.from === 0) {
    const best = totalHundredths({ civility: 0, quantitative: perfectHundredths }, card.weights);
    const bands = card.grades.map(({ grade, from }) => ({ grade, fromHundredths: hundredths(from) }));
    const caps: Grade[] = card.vetoGradeCap === 'none' ? [] : [card.vetoGradeCap];
    if (isCreditSubject(capped(gradeOf(bands, best), caps))) {
      issues.push(issue(['vetoGradeCap'], 'card.veto-reaches-a', `被一票否决的农户定量满分时仍可达 A 级（${best / 100} 分），请确认这是本县的选择`, 'warning'));
    }
  }
  return issues;
}

function checkGrades({ kind, grades }: Scorecard): Issue[] {
  const issues: Issue[] = [];
  grades.forEach(({ from }, index) => {
    const previous = grades[index - 1];
    if (previous && previous.from <= from) issues.push(issue(['grades', index], 'grade.order', '等级须由高到低排列，界限逐档降低'));
  });
  if (kind !== 'V' && grades.at(-1)?.from !== 0) issues.push(issue(['grades'], 'grade.last', '最低一档等级须从 0 分起'));
  return issues;
}

function checkTwice(parts: readonly { readonly id: string }[], key: string): Issue[] {
  return parts.flatMap(({ id }, index) => (parts.findIndex((part) => part.id === id) < index ? [issue([key, index, 'id'], 'card.id-twice', `编号 ${id} 重复，请改用不同编号`)] : []));
}

/** 检查评分卡 — everything wrong with a card at once, and what to do about it. */
export function checkScorecard(card: Scorecard, against: CheckedAgainst = {}): Issue[] {
  const issues: Issue[] = [];
  const { requires = [], indicators, gates } = card;
  if (!isPlainDate(card.effectiveFrom)) issues.push(issue(['effectiveFrom'], 'card.effective', '生效日须形如 2022-11-14，且为真实日期'));
  if (!card.source) issues.push(issue(['source'], 'card.source', '请写明评分卡的依据'));
  const sum = indicators.reduce((total, { points }) => total + hundredths(points), 0);
  if (sum !== hundredths(fullPoints)) issues.push(issue(['indicators'], 'card.sum', `各指标分值之和为 ${sum / 100}，须为 100`));
  indicators.forEach((indicator, index) => issues.push(...checkIndicator(indicator, ['indicators', index], against)));
  requires.forEach((requirement, index) => issues.push(...checkRequirement(requirement, ['requires', index], card.kind, against)));
  gates.forEach((gate, index) => {
    const path = ['gates', index];
    if (!gate.source) issues.push(issue([...path, 'source'], 'gate.source', `${gate.id} 缺少依据，请补上`));
    const fact = { item: gate.item };
    issues.push(...checkItems(gate.id, fact, path, against.items), ...(against.items ? checkCondition({ is: gate.is }, path, gate.id, fact, against.items) : []));
  });
  return [...issues, ...checkTwice(indicators, 'indicators'), ...checkTwice(requires, 'requires'), ...checkGrades(card), ...checkHouseholdPart(card)];
}
