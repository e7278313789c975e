// npm test: sets everything up on a bare clone, checks types, style, boundaries and purity, then runs every test.
// Arguments after `--` go to jest. The last line says what it came to; a failed check counts as one failure.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch, prepare, root } from './prepare.mjs';

const bin = (...path) => join(root, 'node_modules', ...path);

const checks = [
  { name: '类型 / types', script: bin('typescript', 'bin', 'tsc'), args: ['-p', '.'] },
  { name: '风格 / lint', script: bin('oxlint', 'bin', 'oxlint'), args: ['--type-aware', '--deny-warnings'] },
  { name: '边界 / boundaries', script: bin('dependency-cruiser', 'bin', 'dependency-cruise.mjs'), args: ['--config', '.dependency-cruiser.cjs', 'apps', 'libs', 'tools'] },
  { name: '纯净 / purity of the policy', script: join(root, 'tools/boundaries/purity.mjs'), args: ['libs/policy/src'] },
];

async function run(script, args, environment = {}) {
  const child = spawn(process.execPath, [script, ...args], { cwd: root, env: { ...process.env, ...environment }, stdio: ['ignore', 'inherit', 'inherit'] });
  const forward = (signal) => child.kill(signal);
  process.on('SIGINT', forward).on('SIGTERM', forward);
  const [code] = await once(child, 'close');
  process.off('SIGINT', forward).off('SIGTERM', forward);
  return code ?? 1;
}

async function timed(name, step) {
  const began = performance.now();
  console.log(`\n▶ ${name}`);
  const code = await step();
  console.log(`${code === 0 ? '✔' : '✘'} ${name}: ${((performance.now() - began) / 1000).toFixed(1)} s`);
  return code;
}

async function runTests(args) {
  const folder = mkdtempSync(join(tmpdir(), 'credit-village-summary-'));
  const file = join(folder, 'summary.json');
  const workers = args.length === 0 ? [`--maxWorkers=${Math.min(4, availableParallelism())}`] : [];
  const reporters = ['--reporters=default', `--reporters=${join(root, 'tools/test/summary-reporter.cjs')}`];
  try {
    const code = await run(bin('jest', 'bin', 'jest.js'), [...args, ...workers, ...reporters], { TEST_SUMMARY_FILE: file });
    const summary = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { passed: 0, failed: 0, skipped: [] };
    return { code, ...summary };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function report({ passed, failed, skipped }, failedChecks) {
  console.log(`\n共运行 ${passed + failed} 项测试 / ${passed + failed} tests ran`);
  if (failedChecks.length > 0) console.log(`未通过的检查 / failed checks: ${failedChecks.join('; ')}`);
  for (const { name, reason } of skipped) console.log(`跳过 / skipped: ${name} — ${reason}`);
  console.log(`${passed} passed, ${failed + failedChecks.length} failed, ${skipped.length} skipped`);
}

await launch(async () => {
  const prepared = await timed('准备 / set-up', () => launch(prepare).then(() => process.exitCode ?? 0));
  if (prepared !== 0) return report({ passed: 0, failed: 0, skipped: [] }, ['准备 / set-up']);
  const failedChecks = [];
  for (const { name, script, args } of checks) {
    if ((await timed(name, () => run(script, args))) !== 0) failedChecks.push(name);
  }
  let summary;
  const code = await timed('测试 / tests', async () => (summary = await runTests(process.argv.slice(2))).code);
  if (code !== 0 && summary.failed === 0) failedChecks.push(`测试没有跑完 / the tests did not run to their end (jest: ${code})`);
  report(summary, failedChecks);
  process.exitCode = code === 0 && failedChecks.length === 0 ? 0 : 1;
});
