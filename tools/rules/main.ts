import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AccessTable, readRules, repositoryRoot } from '@credit/platform';
import { runCaseFile } from './case-file';

const usage = `用法 / usage:
  npm run rules -- check                 检查全部规则文件
  npm run rules -- test <文件.yaml> …    运行事例文件`;

function check(folder: string): number {
  const { faults, warnings } = readRules(folder);
  const all = [...faults];
  try {
    AccessTable.load(join(folder, 'access'));
  } catch (error) {
    all.push(error instanceof Error ? error.message : String(error));
  }
  for (const warning of warnings) console.log(`提醒  ${warning}`);
  for (const fault of all) console.error(`问题  ${fault}`);
  console.log(all.length === 0 ? '规则文件检查通过' : `发现 ${all.length} 处问题，请逐项改正`);
  return all.length === 0 ? 0 : 1;
}

function test(folder: string, files: readonly string[]): number {
  const { rules, faults } = readRules(folder);
  if (!rules || faults.length > 0) {
    for (const fault of faults) console.error(`问题  ${fault}`);
    return 1;
  }
  let [passed, failed] = [0, 0];
  for (const file of files) {
    if (!existsSync(file)) {
      console.error(`没有找到文件 ${file}，请核对路径`);
      failed += 1;
      continue;
    }
    const report = runCaseFile(rules, file);
    passed += report.passed;
    failed += report.failures.length;
    for (const failure of report.failures) console.error(`不符  ${failure}`);
  }
  console.log(`${passed} 个事例相符，${failed} 处不符`);
  return failed === 0 ? 0 : 1;
}

/** The command line of the rules; returns the exit code. */
export function main([command, ...files]: readonly string[]): number {
  const folder = join(repositoryRoot(), 'rules');
  if (command === 'check' && files.length === 0) return check(folder);
  if (command === 'test' && files.length > 0) return test(folder, files);
  console.error(usage);
  return 2;
}
