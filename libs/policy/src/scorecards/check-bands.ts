import { type Issue, issue, PolicyError } from '../errors';
import { hundredths } from './evaluate';
import { thresholdOf } from './fraction';
import { Remaining } from './remaining';
import { type Band, type Indicator, isCoded, statesOf } from './scorecard';

type Path = readonly (string | number)[];

const conditions = ['state', 'is', 'atLeast', 'above', 'atMost', 'below', 'else'] as const;
const mostPlaces = 1e-9;

function isThreshold(value: number | string): boolean {
  try {
    thresholdOf(value);
    return true;
  } catch (error) {
    if (error instanceof PolicyError) return false;
    throw error;
  }
}

function checkForm(band: Band, { id, points }: Indicator, path: Path, number: number): Issue[] {
  const issues: Issue[] = [];
  const edge = band.atLeast ?? band.above ?? band.atMost ?? band.below;
  if (edge !== undefined && !isThreshold(edge)) issues.push(issue(path, 'band.threshold', `${id} 第 ${number} 档的界限须为小数或分数（如 0.5、2/3）`));
  if (!band.source) issues.push(issue([...path, 'source'], 'band.source', `${id} 第 ${number} 档缺少依据，请补上`));
  if (band.points < 0 || band.points > points) issues.push(issue([...path, 'points'], 'band.points', `${id} 第 ${number} 档的分值须在 0 到 ${points} 之间`));
  if (Math.abs(band.points * 100 - hundredths(band.points)) > mostPlaces) issues.push(issue([...path, 'points'], 'band.places', `${id} 第 ${number} 档的分值至多两位小数`));
  return issues;
}

function checkStates(indicator: Indicator, path: Path): Issue[] {
  const { id, fact, bands, neutral } = indicator;
  const possible = statesOf(fact);
  const without = possible.filter((state) => !bands.some((band) => band.state === state));
  const issues = without.map((state) => issue([...path, 'bands'], 'band.state-missing', `${id} 的状态“${state}”没有对应的档，请补上`));
  if (neutral !== undefined && !possible.includes(neutral)) issues.push(issue([...path, 'neutral'], 'indicator.neutral', `${id} 的中性档“${neutral}”须是它的一个特殊状态`));
  return issues;
}

/** 检查档次 — conditions, edges, order, reachability and the last band. `codes`: all that the indicator's item can be. */
export function checkBands(indicator: Indicator, path: Path, codes?: readonly string[]): Issue[] {
  const { id, bands, points } = indicator;
  const issues: Issue[] = [];
  const possible = statesOf(indicator.fact);
  const remaining = new Remaining(isCoded(indicator) ? codes : undefined);
  let ordinaryBegan = false;
  bands.forEach((band, index) => {
    const at = [...path, 'bands', index];
    if (conditions.filter((name) => band[name] !== undefined).length !== 1) {
      issues.push(issue(at, 'band.condition', `${id} 的每一档须且只须写一个条件`));
      return;
    }
    const faults = checkForm(band, indicator, at, index + 1);
    issues.push(...faults);
    if (band.state !== undefined && !possible.includes(band.state)) issues.push(issue([...at, 'state'], 'band.state', `${id} 不会出现状态“${band.state}”，请核对名称`));
    if (band.state !== undefined && ordinaryBegan) issues.push(issue(at, 'band.order', `${id} 的特殊状态须写在数值档之前`));
    ordinaryBegan ||= band.state === undefined;
    if (faults.some(({ code }) => code === 'band.threshold')) return;
    if (!remaining.take(band)) issues.push(issue(at, 'band.unreachable', `${id} 第 ${index + 1} 档已被前面的档覆盖，永远不会命中，请调整`));
  });
  if (!bands.at(-1)?.else) issues.push(issue([...path, 'bands'], 'band.last', `${id} 缺少兜底的最后一档（else: true），请补上`));
  if (isCoded(indicator) && bands.some(({ atLeast, above, atMost, below }) => [atLeast, above, atMost, below].some((edge) => edge !== undefined))) {
    issues.push(issue([...path, 'bands'], 'band.mixed', `${id} 不能既按取值又按数字分档，请只用一种`));
  }
  if (Math.max(...bands.map((band) => band.points)) !== points) issues.push(issue([...path, 'points'], 'indicator.top', `${id} 没有任何一档得满分 ${points} 分，请核对`));
  return [...issues, ...checkStates(indicator, path)];
}
