import { existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AccessTable, loadRules, readRules, repositoryRoot } from '@credit/platform';
import { runCaseFile } from './case-file';
import { checkRules } from './check-rules';
import { factsDocument } from './facts-document';
import { itemsDocument } from './items-document';

const usage = `用法 / usage:
  npm run rules -- check                 检查全部规则文件
  npm run rules -- test <文件.yaml> …    运行事例文件
  npm run rules -- facts                 重新生成 docs/facts.md 和 docs/items.md`;

function check(folder: string): number {
  const { faults, warnings } = checkRules(folder);
  for (const warning of warnings) console.log(`提醒  ${warning}`);
  for (const fault of faults) console.error(`问题  ${fault}`);
  console.log(faults.length === 0 ? '规则文件检查通过' : `发现 ${faults.length} 处问题，请逐项改正`);
  return faults.length === 0 ? 0 : 1;
}

/** Paths are meant from where the person stands: npm moves to the root of the project. */
function test(folder: string, files: readonly string[]): number {
  const { rules, faults } = readRules(folder);
  if (!rules || faults.length > 0) {
    for (const fault of faults) console.error(`问题  ${fault}`);
    return 1;
  }
  const standing = process.env['INIT_CWD'] ?? process.cwd();
  let [passed, failed] = [0, 0];
  for (const file of files) {
    const path = resolve(standing, file);
    if (!existsSync(path)) {
      console.error(`没有找到文件 ${file}，请核对路径`);
      failed += 1;
      continue;
    }
    const report = runCaseFile(rules, path, file);
    passed += report.passed;
    failed += report.failed;
    for (const failure of report.failures) console.error(`不符  ${failure}`);
  }
  console.log(`${passed} 个事例相符，${failed} 个不符`);
  return failed === 0 ? 0 : 1;
}

/** The command line of the rules; returns the exit code. */
export function main([command, ...files]: readonly string[]): number {
  const folder = join(repositoryRoot(), 'rules');
  if (command === 'check' && files.length === 0) return check(folder);
  if (command === 'test' && files.length > 0) return test(folder, files);
  if (command === 'facts' && files.length === 0) {
    const rules = loadRules(folder);
    writeFileSync(join(repositoryRoot(), 'docs/facts.md'), factsDocument(rules));
    writeFileSync(join(repositoryRoot(), 'docs/items.md'), itemsDocument(rules, AccessTable.load(join(folder, 'access'))));
    return 0;
  }
  console.error(usage);
  return 2;
}
