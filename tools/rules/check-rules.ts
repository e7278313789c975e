import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { AccessTable, datedRules, readRules, RuleFile } from '@credit/platform';
import { ZodError } from 'zod';
import '../../apps/appeals/src/appeals-rules';
import '../../apps/civility/src/improvements/improvement-rules';
import '../../apps/rating/src/repair/repair-rules';
import '../../apps/rating/src/villages/village-rules';
import '../../apps/archives/src/archives-rules';
import '../../apps/archives/src/household-events/household-rules';
import '../../apps/archives/src/programme/programme-rules';
import '../../apps/archives/src/rights/rights-rules';
import { crossChecks } from '../../apps/archives/src/verdicts/cross-checks';
import '../../apps/exchange/src/province/province-rules';
import '../../apps/identity/src/settings';
import { loadNoticeRules } from '../../apps/publicity/src/rules/notice-rules';

export interface RulesReport {
  readonly faults: readonly string[];
  readonly warnings: readonly string[];
}

/** Rule files that one service alone reads, by their own loaders. */
function ownLoaders(folder: string): [name: string, load: () => unknown][] {
  return [
    ['rules/access', () => AccessTable.load(join(folder, 'access'))],
    ['rules/notices', () => loadNoticeRules(join(folder, 'notices'))],
    ['rules/cross-checks.yaml', () => crossChecks('household', {})],
    ...datedRules().map((rules): [string, () => unknown] => [rules.name, () => rules.load()]),
  ];
}

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
  return { faults: [...faults, ...ownLoaders(folder).flatMap(([name, load]) => faultsOfLoader(name, load))], warnings };
}
