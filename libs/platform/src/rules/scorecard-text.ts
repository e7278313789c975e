import { checkScorecard, type Issue, issue, type Scorecard } from '@credit/policy';
import { stringify } from 'yaml';
import { z } from 'zod';
import { itemsKindOf, type Rules } from './load-rules';
import { RuleFile } from './rule-file';
import { scorecardShape } from './shapes';

const inChinese = z.locales.zhCN().localeError;

export interface CheckedScorecard {
  /** Absent when the data are no scorecard at all. */
  readonly card?: Scorecard;
  /** Everything wrong with it, and what should be thought about. */
  readonly issues: readonly Issue[];
}

/** 检查评分卡数据 — shape and content at once, against the archive's items and what nobody may be judged by. 三(六) */
export function checkScorecardData(data: unknown, rules: Rules): CheckedScorecard {
  const parsed = scorecardShape.safeParse(data, { error: inChinese });
  if (!parsed.success) {
    return {
      issues: parsed.error.issues.map((fault) => {
        const path = fault.path.filter((part): part is string | number => typeof part !== 'symbol');
        return issue(path, 'rule.shape', `“${path.join('.')}”填写不符合格式：${fault.message}`);
      }),
    };
  }
  const card = parsed.data;
  return { card, issues: checkScorecard(card, { items: rules.items[itemsKindOf[card.kind]], banned: rules.itemLists[0]?.banned ?? [] }) };
}

/** 读入评分卡 YAML — as the files in `rules/scorecards`; every issue says its line. */
export function readScorecard(text: string, rules: Rules): CheckedScorecard {
  const file = new RuleFile(text, 'YAML');
  const [syntax] = file.syntaxFaults();
  if (syntax !== undefined) return { issues: [issue([], 'rule.syntax', syntax)] };
  const { card, issues } = checkScorecardData(file.data, rules);
  const located = issues.map((one) => ({ ...one, message: `第 ${file.lineOf(one.path)} 行：${one.message}` }));
  return card ? { card, issues: located } : { issues: located };
}

/** 写出评分卡 YAML that reads back as the same card; parsed once more, because a database keeps no order of keys. */
export function writeScorecard(card: Scorecard): string {
  return stringify(scorecardShape.parse(card), { lineWidth: 0 });
}
