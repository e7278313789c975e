import { isPlainDate } from '../days';
import { type Issue, issue } from '../errors';
import { capped, type Grade, gradeOf, isCreditSubject, totalHundredths } from '../grades';
import { hundredths } from './evaluate';
import { compare, type Fraction, fractionOf } from './fraction';
import { type Band, type Indicator, itemsOf, type Scorecard, statesOf } from './scorecard';

const conditions = ['state', 'is', 'atLeast', 'above', 'atMost', 'below', 'else'] as const;
const fullPoints = 100;
const perfectHundredths = 10_000;

/** What earlier bands of an indicator already take. */
class Taken {
  private readonly states = new Set<string>();
  private readonly codes = new Set<string>();
  private low: { at: Fraction; inclusive: boolean } | undefined;
  private high: { at: Fraction; inclusive: boolean } | undefined;
  private everything = false;
  numbersBegan = false;

  /** Whether nothing is left for this band; then notes what it takes. */
  covers(band: Band): boolean {
    if (this.everything) return true;
    if (band.state !== undefined) return this.add(this.states, band.state);
    this.numbersBegan = true;
    if (band.is !== undefined) return this.add(this.codes, band.is);
    if (band.else) {
      this.everything = true;
      return this.allNumbers();
    }
    const upward = band.atLeast ?? band.above;
    const covered = upward !== undefined ? this.coversUpward(fractionOf(upward), band.atLeast !== undefined) : this.coversDownward(fractionOf(band.atMost ?? band.below ?? 0), band.atMost !== undefined);
    return covered || this.wasAll;
  }

  private wasAll = false;

  private add(known: Set<string>, value: string): boolean {
    if (known.has(value)) return true;
    known.add(value);
    return false;
  }

  private coversUpward(at: Fraction, inclusive: boolean): boolean {
    this.wasAll = this.allNumbers();
    const comparison = this.low ? compare(at, this.low.at) : -1;
    if (this.low && (comparison > 0 || (comparison === 0 && (this.low.inclusive || !inclusive)))) return true;
    this.low = { at, inclusive };
    return false;
  }

  private coversDownward(at: Fraction, inclusive: boolean): boolean {
    this.wasAll = this.allNumbers();
    const comparison = this.high ? compare(at, this.high.at) : 1;
    if (this.high && (comparison < 0 || (comparison === 0 && (this.high.inclusive || !inclusive)))) return true;
    this.high = { at, inclusive };
    return false;
  }

  private allNumbers(): boolean {
    if (!this.low || !this.high) return false;
    const comparison = compare(this.low.at, this.high.at);
    return comparison < 0 || (comparison === 0 && (this.low.inclusive || this.high.inclusive));
  }
}

function checkBands(indicator: Indicator, path: readonly (string | number)[]): Issue[] {
  const issues: Issue[] = [];
  const possible = statesOf(indicator.fact);
  const taken = new Taken();
  indicator.bands.forEach((band, index) => {
    const at = [...path, 'bands', index];
    const written = conditions.filter((name) => band[name] !== undefined);
    if (written.length !== 1) {
      issues.push(issue(at, 'band.condition', `${indicator.id} 的每一档须且只须写一个条件`));
      return;
    }
    if (!band.source) issues.push(issue([...at, 'source'], 'band.source', `${indicator.id} 第 ${index + 1} 档缺少依据`));
    if (band.points < 0 || band.points > indicator.points) issues.push(issue([...at, 'points'], 'band.points', `${indicator.id} 第 ${index + 1} 档的分值须在 0 到 ${indicator.points} 之间`));
    if (!Number.isInteger(Math.round(band.points * 1e6) / 1e4)) issues.push(issue([...at, 'points'], 'band.places', `${indicator.id} 第 ${index + 1} 档的分值至多两位小数`));
    if (band.state !== undefined && !possible.includes(band.state)) issues.push(issue([...at, 'state'], 'band.state', `${indicator.id} 不会出现状态“${band.state}”，请核对名称`));
    if (band.state !== undefined && taken.numbersBegan) issues.push(issue(at, 'band.order', `${indicator.id} 的特殊状态须写在数值档之前`));
    if (taken.covers(band)) issues.push(issue(at, 'band.unreachable', `${indicator.id} 第 ${index + 1} 档已被前面的档覆盖，永远不会命中，请调整`));
  });
  if (!indicator.bands.at(-1)?.else) issues.push(issue([...path, 'bands'], 'band.last', `${indicator.id} 缺少兜底的最后一档（else: true）`));
  for (const state of possible) {
    if (!indicator.bands.some((band) => band.state === state)) issues.push(issue([...path, 'bands'], 'band.state-missing', `${indicator.id} 的状态“${state}”没有对应的档，请补上`));
  }
  if (Math.max(...indicator.bands.map((band) => band.points)) !== indicator.points) issues.push(issue([...path, 'points'], 'indicator.top', `${indicator.id} 没有任何一档得满分 ${indicator.points} 分，请核对`));
  return issues;
}

function checkHouseholdPart(card: Scorecard): Issue[] {
  if (card.kind !== 'H') return card.weights || card.vetoGradeCap ? [issue(['weights'], 'card.household-only', '权重和一票否决封顶只用于农户评分卡，请删去')] : [];
  const issues: Issue[] = [];
  if (!card.weights || card.weights.civility + card.weights.quantitative !== 100) issues.push(issue(['weights'], 'card.weights', '乡风文明与定量部分的权重之和须为 100'));
  if (card.vetoGradeCap === undefined) issues.push(issue(['vetoGradeCap'], 'card.veto-choice', '县级须先选定一票否决对等级的影响：写 none（不封顶）或一个等级'));
  else if (card.weights) {
    const best = totalHundredths({ civility: 0, quantitative: perfectHundredths }, card.weights);
    const bands = card.grades.map(({ grade, from }) => ({ grade, fromHundredths: hundredths(from) }));
    const caps: Grade[] = card.vetoGradeCap === 'none' ? [] : [card.vetoGradeCap];
    if (bands.length > 0 && bands.at(-1)?.fromHundredths === 0 && isCreditSubject(capped(gradeOf(bands, best), caps))) {
      issues.push(issue(['vetoGradeCap'], 'card.veto-reaches-a', `被一票否决的农户定量满分时仍可达 A 级（${best / 100} 分），请确认这是本县的选择`, 'warning'));
    }
  }
  return issues;
}

/** 检查评分卡 — everything wrong with a card at once; `knownItems` are the archive's items of its kind. */
export function checkScorecard(card: Scorecard, knownItems?: ReadonlySet<string>): Issue[] {
  const issues: Issue[] = [];
  if (!isPlainDate(card.effectiveFrom)) issues.push(issue(['effectiveFrom'], 'card.effective', '生效日须形如 2022-11-14'));
  if (!card.source) issues.push(issue(['source'], 'card.source', '请写明评分卡的依据'));
  const sum = card.indicators.reduce((total, { points }) => total + hundredths(points), 0);
  if (sum !== hundredths(fullPoints)) issues.push(issue(['indicators'], 'card.sum', `各指标分值之和为 ${sum / 100}，须为 100`));
  const ids = new Set<string>();
  card.indicators.forEach((indicator, index) => {
    const path = ['indicators', index];
    if (ids.has(indicator.id)) issues.push(issue([...path, 'id'], 'indicator.twice', `指标编号 ${indicator.id} 重复`));
    ids.add(indicator.id);
    if (!indicator.source) issues.push(issue([...path, 'source'], 'indicator.source', `${indicator.id} 缺少依据`));
    for (const item of itemsOf(indicator.fact)) if (knownItems && !knownItems.has(item)) issues.push(issue([...path, 'fact'], 'indicator.item', `${indicator.id} 引用的数据项“${item}”不在数据项表中`));
    issues.push(...checkBands(indicator, path));
  });
  card.gates.forEach((gate, index) => {
    if (!gate.source) issues.push(issue(['gates', index, 'source'], 'gate.source', `${gate.id} 缺少依据`));
    if (knownItems && !knownItems.has(gate.item)) issues.push(issue(['gates', index, 'item'], 'gate.item', `${gate.id} 引用的数据项“${gate.item}”不在数据项表中`));
  });
  card.grades.forEach(({ from }, index) => {
    const previous = card.grades[index - 1];
    if (previous && previous.from <= from) issues.push(issue(['grades', index], 'grade.order', '等级须由高到低排列'));
  });
  if (card.kind !== 'V' && card.grades.at(-1)?.from !== 0) issues.push(issue(['grades'], 'grade.last', '最低一档等级须从 0 分起'));
  return [...issues, ...checkHouseholdPart(card)];
}
