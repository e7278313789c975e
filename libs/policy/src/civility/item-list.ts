import { type Issue, issue } from '../errors';

/** 评议清单的一项 */
export interface ListItem {
  readonly code: string;
  readonly zh: string;
  readonly area: string;
  readonly polarity: 'positive' | 'negative' | 'veto';
  /** Points as positive hundredths; a positive item's is the most it can count. A veto has none. */
  readonly pointsHundredths?: number;
  readonly mayRepeat: boolean;
  /** word | fact | document: what must stand behind a mark. */
  readonly evidence: 'word' | 'fact' | 'document';
  /** A kind whose records the law seals; off unless the county records its legal basis. */
  readonly sealedByLaw?: boolean;
  readonly legalBasis?: string | null;
  readonly source: string;
}

/** 乡风文明评议清单 of a version: positive and negative items over the areas, and vetoes (一票否决). 三(三)1 */
export interface ItemList {
  readonly id: string;
  readonly version: number;
  readonly effectiveFrom: string;
  readonly baseHundredths: number;
  readonly positivesCapHundredths: number;
  readonly maximumHundredths: number;
  readonly lookBackYears: number;
  readonly areas: readonly { readonly code: string; readonly zh: string; readonly positiveCapHundredths: number }[];
  readonly items: readonly ListItem[];
  /** Subjects no list may judge by, each with the words that give it away. */
  readonly banned: readonly { readonly code: string; readonly words: readonly string[] }[];
  readonly source: string;
}

/** Whether the item may be marked at all: sealed kinds need the county's recorded legal basis. */
export function isActive(item: ListItem): boolean {
  return !item.sealedByLaw || Boolean(item.legalBasis);
}

const plain = (code: string): string => code.toLowerCase().replaceAll(/[^a-z]/g, '');

function checkItem(list: ItemList, item: ListItem, index: number): Issue[] {
  const path = ['items', index];
  const issues: Issue[] = [];
  if (!list.areas.some((area) => area.code === item.area) && item.polarity !== 'veto') issues.push(issue([...path, 'area'], 'list.area', `“${item.zh}”的方面未登记，请先在 areas 中登记`));
  if (item.polarity === 'veto' ? item.pointsHundredths !== undefined : !(item.pointsHundredths && item.pointsHundredths > 0)) {
    issues.push(issue([...path, 'points'], 'list.points', item.polarity === 'veto' ? `“${item.zh}”是一票否决项，不写分值` : `“${item.zh}”须有正的分值`));
  }
  const wanted = { positive: ['word', 'fact', 'document'], negative: ['fact', 'document'], veto: ['document'] }[item.polarity];
  if (!wanted.includes(item.evidence)) issues.push(issue([...path, 'evidence'], 'list.evidence', `“${item.zh}”的证据要求不足：负面须有事实和日期，一票否决须有文书`));
  if (!item.source) issues.push(issue([...path, 'source'], 'list.source', `“${item.zh}”缺少依据`));
  for (const { code, words } of list.banned) {
    if (plain(item.code).includes(plain(code)) || words.some((word) => item.zh.includes(word))) issues.push(issue([...path, 'code'], 'list.banned', `“${item.zh}”涉及不得评议的内容（${words[0] ?? code}），请删去`));
  }
  return issues;
}

/** Checks a list before it can be approved: everything wrong with it at once. */
export function checkItemList(list: ItemList): Issue[] {
  const issues = list.items.flatMap((item, index) => checkItem(list, item, index));
  const codes = new Set<string>();
  list.items.forEach((item, index) => {
    if (codes.has(item.code)) issues.push(issue(['items', index, 'code'], 'list.code-twice', `编号 ${item.code} 重复，请改用不同编号`));
    codes.add(item.code);
  });
  if (list.banned.length === 0) issues.push(issue(['banned'], 'list.banned-missing', '缺少不得评议内容的清单，请从规则文件恢复，不得删除'));
  const sum = list.areas.reduce((total, area) => total + area.positiveCapHundredths, 0);
  if (sum !== list.positivesCapHundredths) {
    issues.push(issue(['areas'], 'list.positives-sum', `各方面正面上限之和为 ${sum / 100} 分，须等于正面清单满分 ${list.positivesCapHundredths / 100} 分`));
  }
  if (list.baseHundredths + list.positivesCapHundredths > list.maximumHundredths) issues.push(issue(['base'], 'list.maximum', '基本分与正面满分之和超过百分制上限，请核对'));
  if (!list.items.some((item) => item.polarity === 'veto')) issues.push(issue(['items'], 'list.no-veto', '清单须设定一票否决项'));
  return issues;
}
