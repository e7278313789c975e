import { type ItemRule, type ItemsKind, itemsKindOf, type Rules } from '@credit/platform';
import { bandText, codesOf, type FactRule, type Indicator, type Requirement, type Scorecard, type StateWhen, statesOf } from '@credit/policy';

type Items = Readonly<Record<string, ItemRule>>;

const kindNames: Readonly<Record<ItemsKind, string>> = { household: '农户', entity: '新型农业经营主体', collective: '村集体经济组织', village: '信用村' };
const consentNames = { none: '—', economics: '经济信息', credit: '信贷信息' } as const;
const typeNames: Readonly<Record<ItemRule['type'], string>> = { money: '金额', integer: '整数', decimal: '小数', boolean: '是否', enum: '选项', day: '日期', text: '文字' };
const code = (text: string): string => `\`${text}\``;

/** What the archive's items say, as arithmetic. */
function madeFrom(rule: FactRule): string {
  if (rule.item !== undefined) return code(rule.item);
  if (rule.ratio) return `${code(rule.ratio[0])} ÷ ${code(rule.ratio[1])}`;
  if (rule.growth) return `(${code(rule.growth[0])} − ${code(rule.growth[1])}) ÷ ${code(rule.growth[1])}`;
  if (rule.overMedian !== undefined) return `${code(rule.overMedian)} ÷ 村中位数`;
  return `大于 0 的项数：${(rule.countPositive ?? []).map(code).join('、')}`;
}

function labelled(item: ItemRule | undefined): string {
  return (codesOf(item) ?? []).map((value) => `${code(value)} ${item?.values?.[value] ?? (value === 'yes' ? '是' : '否')}`).join('；');
}

/** How the fact is written in a case, with its unit. */
function writtenAs(rule: FactRule, items: Items): string {
  if (rule.item !== undefined) {
    const item = items[rule.item];
    return codesOf(item) ? `\`{ value: … }\`：${labelled(item)}` : `\`{ value: 数 }\`，单位：${item?.unit ?? '—'}`;
  }
  if (rule.ratio) return `\`{ ratio: 比值 }\` 或 \`{ of: [${rule.ratio.join(', ')}] }\``;
  if (rule.growth) return `\`{ ratio: 增长率 }\`（10% 写 0.1）或 \`{ of: [${rule.growth.join(', ')}] }\``;
  if (rule.overMedian !== undefined) return `\`{ ratio: 比值 }\` 或 \`{ of: [${rule.overMedian}, 村中位数] }\``;
  return '`{ value: 数 }`，单位：项';
}

function whenText(when: StateWhen): string {
  return 'equals' in when ? `${code(when.item)} 为 ${code(when.equals)}` : `${code(when.item)} ≤ 0`;
}

function stateText(judged: Indicator | Requirement, state: string): string {
  const { fact } = judged;
  const name = 'bands' in judged ? judged.bands.filter((band) => band.state === state).map(bandText).join('') : '';
  const when = fact.states?.find((one) => one.state === state)?.when;
  const divisor = (fact.ratio ?? fact.growth)?.[1];
  const reason = when ? whenText(when) : state === 'not-applicable' ? '村中位数 ≤ 0' : `${code(divisor ?? '')} ≤ 0`;
  const neutral = 'neutral' in judged && judged.neutral === state ? '，或无数据、未授权' : '';
  return `\`{ state: ${state} }\` ${name}（${reason}${neutral}）`;
}

function factRow(judged: Indicator | Requirement, items: Items): string {
  const points = 'points' in judged ? String(judged.points) : '前置条件';
  const consent = 'consent' in judged ? (judged.consent ?? []).map((kind) => consentNames[kind]).join('、') : '';
  const states = statesOf(judged.fact).map((state) => stateText(judged, state)).join('；');
  return `| ${[judged.id, judged.zh, points, writtenAs(judged.fact, items), states || '—', madeFrom(judged.fact), consent || '—'].join(' | ')} |`;
}

function cardTable(card: Scorecard, items: Items): string[] {
  return [
    `\n### ${card.kind} ${card.zh} (v${card.version}, ${card.effectiveFrom} 起)\n`,
    '| 指标 | 名称 | 满分 | 事例中写作 | 特殊状态（先于数值） | 由数据项得出 | 授权 |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...[...card.indicators, ...(card.requires ?? [])].map((judged) => factRow(judged, items)),
  ];
}

function itemTable(name: string, items: Items): string[] {
  return [
    `\n### ${name}\n`,
    '| 名称 | 中文 | 类型 | 单位或取值 | 授权 | 敏感级 | 来源 |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...Object.entries(items).map(([key, row]) => `| ${[code(key), row.zh, typeNames[row.type], labelled(row) || (row.unit ?? '—'), consentNames[row.consent], row.sensitivity, row.source].join(' | ')} |`),
  ];
}

/** `docs/facts.md` — the facts of every indicator and the data items they are made from; generated, never edited. */
export function factsDocument(rules: Rules): string {
  const cards = rules.scorecards.filter((card) => !card.profile);
  return [
    '# 指标事实与数据项 / Facts and data items',
    '',
    'Generated from `rules/scorecards` and `rules/items.yaml` by `npm run rules -- facts`. The names are the same in the archive, the',
    'collection workbook, the scorecards and the case files. Money is in yuan with two places, area in mu (亩); ratios are compared',
    'exactly. Yes and no are written `yes` / `no` (or `true` / `false`). An indicator whose fact is absent makes the subject',
    '“insufficient”: missing is not zero. In `{ of: [a, b] }` the two numbers stand for the two items named, special states included.',
    '',
    '## 指标的事实 / Facts of the indicators',
    ...cards.flatMap((card) => cardTable(card, rules.items[itemsKindOf[card.kind]])),
    '',
    '## 数据项 / Data items of the archive',
    ...(Object.keys(kindNames) as ItemsKind[]).flatMap((kind) => itemTable(kindNames[kind], rules.items[kind])),
    '',
  ].join('\n');
}
