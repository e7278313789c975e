import { AccessTable, type ItemRule, type Rules } from '@credit/platform';
import type { FactRule, ScorecardKind } from '@credit/policy';

type Kind = 'household' | 'entity' | 'collective';

const kinds: Readonly<Record<Kind, { readonly zh: string; readonly card: ScorecardKind }>> = {
  household: { zh: '农户', card: 'H' },
  entity: { zh: '新型农业经营主体', card: 'E' },
  collective: { zh: '村集体经济组织', card: 'C' },
};
const types: Readonly<Record<ItemRule['type'], string>> = { money: '金额（元，至多两位小数）', integer: '整数', decimal: '小数（至多两位）', boolean: '是否', enum: '选项', day: '日期', text: '文字（至多 100 字）' };
const consents: Readonly<Record<ItemRule['consent'], string>> = { none: '—', economics: '经济信息', credit: '信贷信息' };
const levels: Readonly<Record<ItemRule['sensitivity'], string>> = { public: '公开', internal: '内部', personal: '个人', sensitive: '敏感' };

const usedIn = ({ item, ratio, growth, overMedian, countPositive, states }: FactRule): readonly string[] =>
  [item, ...(ratio ?? []), ...(growth ?? []), overMedian, ...(countPositive ?? []), ...(states ?? []).map(({ when }) => when?.item)].filter((name) => name !== undefined);

/** Indicators of the standing card that are made from the item. */
function indicatorsOf(rules: Rules, card: ScorecardKind, name: string): string {
  const standing = rules.scorecards.findLast((one) => one.kind === card && !one.profile);
  const used = [...(standing?.indicators ?? []), ...(standing?.requires ?? [])].filter(({ fact }) => usedIn(fact).includes(name));
  return used.map(({ id }) => id).join('、') || '—';
}

/** In Chinese, those who hold the action; a villager sees the own household only. */
function seers(access: AccessTable, action: string, villager: boolean): string {
  const held = access.actions.get(action)?.roles ?? [];
  const posts = held.flatMap((role) => access.roles.get(role)?.zh ?? []);
  return [...posts, ...(villager && held.includes('villager') ? ['本户'] : [])].join('、');
}

function table(kind: Kind, rules: Rules, access: AccessTable): string[] {
  const { zh, card } = kinds[kind];
  const items = Object.entries(rules.items[kind]);
  return [
    `## ${zh}（${items.length} 项）`,
    '',
    `可查看：${seers(access, 'archives.file', kind === 'household')}。`,
    '',
    '| 名称 | 中文名 | 单位 | 类型 | 取值 | 来源 | 敏感级 | 须授权 | 用于指标 |',
    '| --- | --- | --- | --- | --- | --- | --- | --- | --- |',
    ...items.map(([name, item]) => {
      const values = Object.entries(item.values ?? {}).map(([code, label]) => `\`${code}\` ${label}`).join('；');
      return `| ${[`\`${name}\``, item.zh, item.unit ?? '—', types[item.type], values || '—', item.source, levels[item.sensitivity], consents[item.consent], indicatorsOf(rules, card, name)].join(' | ')} |`;
    }),
    '',
  ];
}

/** 数据项总表 `docs/items.md` — every item of the three kinds of file, what it is, where from, and who may see it; generated, never edited. 三(六)1 */
export function itemsDocument(rules: Rules, access: AccessTable): string {
  return [
    '# 信用档案数据项 / Items of the credit files',
    '',
    'Generated from `rules/items.yaml`, `rules/scorecards` and `rules/access` by `npm run rules -- facts`. How each item becomes the fact of an indicator stands in [facts.md](facts.md).',
    '',
    '- **来源**是这一项通常从哪里来；每个值另存其来源、采集人、采集日、佐证、所属期间和校核人，更正只增加新版次，不覆盖旧值。',
    '- **须授权**的项，须每个成年成员分别书面授权后才参与评级（个人信息保护法 29、征信业管理条例 14）；`boolean` 存为 `yes` / `no`；没有的值是“不详”，不是零。',
    '- **敏感级**说明泄露的后果有多重；不论哪一级，值在数据库里都以该主体的密钥加密保存，不出现在消息、日志和审计中，依法删除即销毁这把密钥（[ADR 0009](adr/0009-personal-seals.md)）。',
    '- **可查看**按任职和行政区划：只看得到任职所辖的档案，每次查看留痕；金融机构的校核成员只看分派给自己的档案，不能导出。银行经授权只查得到评价结果，查不到数据项。',
    `- 未脱敏的成员姓名、身份证号、联系电话另有权限，须写事由并留痕：${seers(access, 'archives.unmask', true)}。一户保存的全部内容可印成一份查阅件（\`GET /files/own.pdf\`）：${seers(access, 'own-file.print', true)}。`,
    '',
    ...(Object.keys(kinds) as Kind[]).flatMap((kind) => table(kind, rules, access)),
  ].join('\n');
}
