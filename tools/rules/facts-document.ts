import type { Rules } from '@credit/platform';
import { bandText, type FactRule, type Indicator } from '@credit/policy';

const kindNames: Readonly<Record<string, string>> = { household: '农户', entity: '新型农业经营主体', collective: '村集体经济组织', village: '信用村' };

function madeFrom(rule: FactRule): string {
  if (rule.item !== undefined) return `\`${rule.item}\``;
  if (rule.ratio) return `\`${rule.ratio[0]}\` ÷ \`${rule.ratio[1]}\``;
  if (rule.growth) return `(\`${rule.growth[0]}\` − \`${rule.growth[1]}\`) ÷ \`${rule.growth[1]}\``;
  if (rule.overMedian !== undefined) return `\`${rule.overMedian}\` ÷ 村中位数`;
  return (rule.countPositive ?? []).map((item) => `\`${item}\` > 0`).join(' + ');
}

function writtenAs(indicator: Indicator): string {
  const { fact, bands } = indicator;
  const states = bands.flatMap((band) => (band.state === undefined ? [] : [`\`{ state: ${band.state} }\` ${bandText(band)}`]));
  const codes = bands.flatMap((band) => (band.is === undefined ? [] : [`\`{ value: ${band.is} }\` ${bandText(band)}`]));
  const number = fact.ratio || fact.growth || fact.overMedian ? '`{ ratio: 1.2 }` 或 `{ of: [12, 10] }`' : '`{ value: 2 }`';
  return [...states, ...(codes.length > 0 ? codes : [number])].join('；');
}

/** `docs/facts.md` — the facts of every indicator and the data items they are made from; generated, never edited. */
export function factsDocument(rules: Rules): string {
  const cards = rules.scorecards.filter((card) => !card.profile);
  const indicators = cards.flatMap((card) => [
    `\n### ${card.kind} ${card.zh} (v${card.version}, ${card.effectiveFrom} 起)\n`,
    '| 指标 | 名称 | 满分 | 事例中写作 | 由数据项得出 | 授权 |',
    '| --- | --- | --- | --- | --- | --- |',
    ...card.indicators.map((one) => `| ${one.id} | ${one.zh} | ${one.points} | ${writtenAs(one)} | ${madeFrom(one.fact)} | ${one.consent?.join('、') ?? '—'} |`),
  ]);
  const items = Object.entries(rules.items).flatMap(([kind, rows]) => [
    `\n### ${kindNames[kind] ?? kind}\n`,
    '| 名称 | 中文 | 类型 | 单位或取值 | 授权 | 敏感级 | 来源 |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...Object.entries(rows).map(([name, row]) => {
      const values = row.values ? Object.entries(row.values).map(([code, zh]) => `\`${code}\` ${zh}`).join('；') : (row.unit ?? '');
      return `| \`${name}\` | ${row.zh} | ${row.type} | ${values} | ${row.consent === 'none' ? '—' : row.consent} | ${row.sensitivity} | ${row.source} |`;
    }),
  ]);
  return [
    '# 指标事实与数据项 / Facts and data items',
    '',
    'Generated from `rules/scorecards` and `rules/items.yaml` by `npm run docs`. The names are the same in the archive, the collection',
    'workbook, the scorecards and the case files. Money is in yuan with two places, area in mu (亩), ratios are compared exactly. A boolean',
    'is written `yes` / `no`. An indicator whose fact is absent makes the subject “insufficient”: missing is not zero.',
    '',
    '## 指标的事实 / Facts of the indicators',
    ...indicators,
    '',
    '## 数据项 / Data items of the archive',
    ...items,
    '',
  ].join('\n');
}
