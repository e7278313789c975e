import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { AccessTable, readRules, RuleFile } from '@credit/platform';
import { ZodError } from 'zod';
import { appealsRules } from '../../apps/appeals/src/appeals-rules';
import { archivesRules } from '../../apps/archives/src/archives-rules';
import { householdRules } from '../../apps/archives/src/household-events/household-rules';
import { programmeRules } from '../../apps/archives/src/programme/programme-rules';
import { rightsRules } from '../../apps/archives/src/rights/rights-rules';
import { crossChecks } from '../../apps/archives/src/verdicts/cross-checks';
import { provinceRules } from '../../apps/exchange/src/province/province-rules';
import { signInRules } from '../../apps/identity/src/settings';
import { loadNoticeRules } from '../../apps/publicity/src/rules/notice-rules';

export interface RulesReport {
  readonly faults: readonly string[];
  readonly warnings: readonly string[];
}

/** Rule files that one service alone reads, by their own loaders. */
const ownLoaders: Readonly<Record<string, (folder: string) => unknown>> = {
  'rules/access': (folder) => AccessTable.load(join(folder, 'access')),
  'rules/notices': (folder) => loadNoticeRules(join(folder, 'notices')),
  'rules/identity.yaml': () => signInRules('2022-11-14'),
  'rules/appeals.yaml': () => appealsRules('2022-11-14'),
  'rules/archives.yaml': () => archivesRules('2022-11-14'),
  'rules/programme.yaml': () => programmeRules('2022-11-14'),
  'rules/households.yaml': () => householdRules('2022-11-14'),
  'rules/rights.yaml': () => rightsRules('2022-11-14'),
  'rules/province.yaml': () => provinceRules('2022-11-14'),
  'rules/cross-checks.yaml': () => crossChecks('household', {}),
};

function syntaxFaults(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yaml')).toSorted();
  return files.flatMap((name) => RuleFile.open(join(folder, name), join('rules', name)).syntaxFaults());
}

function faultsOfLoader(name: string, load: () => unknown): string[] {
  try {
    load();
    return [];
  } catch (error) {
    if (error instanceof ZodError) return error.issues.map((issue) => `${name} “${issue.path.join('.')}”填写不符合格式：${issue.message}`);
    return [error instanceof Error ? error.message : String(error)];
  }
}

/** 检查全部规则文件 — syntax first: a file that cannot be read has no other faults worth telling. */
export function checkRules(folder: string): RulesReport {
  const syntax = syntaxFaults(folder);
  if (syntax.length > 0) return { faults: syntax, warnings: [] };
  const { faults, warnings } = readRules(folder);
  return { faults: [...faults, ...Object.entries(ownLoaders).flatMap(([name, load]) => faultsOfLoader(name, () => load(folder)))], warnings };
}
