import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  type BodyRules,
  Calendar,
  type CalendarData,
  checkBodies,
  checkCalendar,
  checkItemList,
  checkScorecard,
  checkSignalLimits,
  checkTerms,
  type Issue,
  issue,
  type ItemList,
  type PlainDate,
  type Scorecard,
  type ScorecardKind,
  type SignalLimits,
  type Terms,
} from '@credit/policy';
import { z } from 'zod';
import { RuleFile } from './rule-file';
import { bodiesShape, calendarShape, type ItemRule, itemListsShape, itemsShape, type PurposeVersion, purposesShape, scorecardShape, signalsShape, termsShape } from './shapes';

/** 数据项所属的主体 */
export type ItemsKind = 'household' | 'entity' | 'collective' | 'village';

/** Whose items a card of a kind reads. */
export const itemsKindOf: Readonly<Record<ScorecardKind, ItemsKind>> = { H: 'household', E: 'entity', C: 'collective', V: 'village' };

const inChinese = z.locales.zhCN().localeError;

/** 规则 — every rule file of the deployment, checked. */
export interface Rules {
  readonly terms: Terms;
  readonly calendar: Calendar;
  readonly bodies: BodyRules;
  /** Chinese name of each capacity in a body. */
  readonly capacities: Readonly<Record<string, string>>;
  readonly itemLists: readonly ItemList[];
  readonly scorecards: readonly Scorecard[];
  readonly items: Readonly<Record<ItemsKind, Readonly<Record<string, ItemRule>>>>;
  /** What consents may be given for, oldest first. */
  readonly purposes: readonly PurposeVersion[];
  /** When supervisors are shown something to look at, oldest first. */
  readonly signals: readonly SignalLimits[];
}

export class RulesError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`规则文件有 ${faults.length} 处问题 / faults in the rule files:\n${faults.join('\n')}`);
  }
}

class Reader {
  readonly faults: string[] = [];
  readonly warnings: string[] = [];

  constructor(private readonly folder: string) {}

  /** The file's data in its shape; undefined after faults, which are noted with file and line. */
  read<S extends z.ZodType>(name: string, shape: S): { file: RuleFile; data: z.output<S> } | undefined {
    const path = join(this.folder, name);
    const title = join('rules', name);
    if (!existsSync(path)) {
      this.faults.push(`${title}:1 缺少这个规则文件，请补上`);
      return undefined;
    }
    const file = RuleFile.open(path, title);
    const syntax = file.syntaxFaults();
    if (syntax.length > 0) {
      this.faults.push(...syntax);
      return undefined;
    }
    const parsed = shape.safeParse(file.data, { error: inChinese });
    if (parsed.success) return { file, data: parsed.data };
    for (const fault of parsed.error.issues) {
      const path = fault.path.filter((part): part is string | number => typeof part !== 'symbol');
      this.faults.push(file.sentence(issue(path, 'rule.shape', `“${path.join('.')}”填写不符合格式：${fault.message}`)));
    }
    return undefined;
  }

  note(file: RuleFile, issues: readonly Issue[], prefix: readonly (string | number)[] = []): void {
    for (const one of issues) (one.severity === 'error' ? this.faults : this.warnings).push(file.sentence(one, prefix));
  }
}

/** Reads and checks a folder of rules; throws a `RulesError` that names every fault with file, line and what to do. */
export function loadRules(folder: string): Rules {
  const { rules, faults } = readRules(folder);
  if (!rules || faults.length > 0) throw new RulesError(faults);
  return rules;
}

/** The same for the checking command, which shows warnings too. */
export function readRules(folder: string): { rules: Rules | undefined; faults: readonly string[]; warnings: readonly string[] } {
  const reader = new Reader(folder);
  const terms = reader.read('terms.yaml', termsShape);
  const calendar = reader.read('calendar.yaml', calendarShape);
  const bodies = reader.read('bodies.yaml', bodiesShape);
  const lists = reader.read('civility-items.yaml', itemListsShape);
  const items = reader.read('items.yaml', itemsShape);
  const purposes = reader.read('purposes.yaml', purposesShape);
  const signals = reader.read('signals.yaml', signalsShape);
  if (terms) reader.note(terms.file, checkTerms(terms.data as unknown as Terms));
  if (calendar) reader.note(calendar.file, checkCalendar(calendar.data as CalendarData));
  if (bodies) reader.note(bodies.file, checkBodies(bodies.data.bodies as BodyRules), ['bodies']);
  if (signals) reader.note(signals.file, checkSignalLimits(signals.data));
  lists?.data.forEach((list, index) => reader.note(lists.file, checkItemList(list), ['versions', index]));
  const banned = lists?.data[0]?.banned ?? [];
  const scorecards: Scorecard[] = [];
  for (const name of readdirSync(join(folder, 'scorecards')).filter((one) => one.endsWith('.yaml')).toSorted()) {
    const card = reader.read(join('scorecards', name), scorecardShape);
    if (!card) continue;
    reader.note(card.file, checkScorecard(card.data, { items: items?.data[itemsKindOf[card.data.kind]], banned }));
    if (scorecards.some((one) => one.kind === card.data.kind && one.version === card.data.version)) {
      reader.note(card.file, [issue(['version'], 'card.version-twice', `${card.data.kind} 类评分卡的版本号 ${card.data.version} 重复，请改用新的版本号`)]);
    }
    scorecards.push(card.data);
  }
  if (!terms || !calendar || !bodies || !lists || !items || !purposes || !signals) return { rules: undefined, faults: reader.faults, warnings: reader.warnings };
  const rules: Rules = {
    terms: terms.data as unknown as Terms,
    calendar: new Calendar(calendar.data as CalendarData),
    bodies: bodies.data.bodies as BodyRules,
    capacities: bodies.data.capacities,
    itemLists: lists.data,
    scorecards,
    items: items.data,
    purposes: purposes.data.toSorted((a, b) => a.from.localeCompare(b.from)),
    signals: signals.data,
  };
  return { rules, faults: reader.faults, warnings: reader.warnings };
}

/** The shipped card of a kind in force on a day; profiles are never in force by themselves. */
export function scorecardOn(rules: Rules, kind: ScorecardKind, day: PlainDate): Scorecard | undefined {
  return rules.scorecards.filter((card) => card.kind === kind && !card.profile && card.effectiveFrom <= day).toSorted((a, b) => a.effectiveFrom.localeCompare(b.effectiveFrom) || a.version - b.version).at(-1);
}

/** The civility list in force on a day. */
export function itemListOn(rules: Rules, day: PlainDate): ItemList | undefined {
  return rules.itemLists.filter((list) => list.effectiveFrom <= day).toSorted((a, b) => a.effectiveFrom.localeCompare(b.effectiveFrom) || a.version - b.version).at(-1);
}

/** 授权用途 in force on a day, by code. */
export function purposesOn(rules: Rules, day: PlainDate): PurposeVersion['purposes'] {
  return rules.purposes.findLast((version) => version.from <= day)?.purposes ?? {};
}

/** The purposes a kind of client may ask for on a day. */
export function purposesFor(rules: Rules, kind: string, day: PlainDate): string[] {
  return Object.entries(purposesOn(rules, day)).flatMap(([code, purpose]) => (purpose.clients.some((client) => client === kind) ? [code] : []));
}
