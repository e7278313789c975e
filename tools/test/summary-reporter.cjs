// Writes what a run came to as JSON into TEST_SUMMARY_FILE: counts, and each skipped test with the reason.
const { writeFileSync } = require('node:fs');

/** Tests that need Redis name it; the set-up leaves the reason why there is none. Others give their reason in their name. */
function reasonOf(name) {
  if (process.env.REDIS_MISSING && /redis/i.test(name)) return process.env.REDIS_MISSING;
  return /\((?:skipped|跳过)[:：]\s*([^)]+)\)/.exec(name)?.[1] ?? 'no reason given';
}

module.exports = class SummaryReporter {
  onRunComplete(_contexts, run) {
    const tests = run.testResults.flatMap((file) => file.testResults);
    const skipped = tests
      .filter(({ status }) => status === 'pending' || status === 'todo' || status === 'disabled')
      .map(({ fullName }) => ({ name: fullName, reason: reasonOf(fullName) }));
    const summary = { passed: run.numPassedTests, failed: run.numFailedTests + run.numRuntimeErrorTestSuites, skipped };
    writeFileSync(process.env.TEST_SUMMARY_FILE, JSON.stringify(summary));
  }
};
