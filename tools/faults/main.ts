import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { freePort } from '../free-port';
import { startEmbeddedPostgres } from '../embedded-postgres/embedded-postgres';
import type { Length, Row } from './row';
import { rows } from './rows';
import { Town } from './town';

/** `npm run faults [-- --rows 1,3 --short|--long]` — breaks a running system on purpose and asks after each fault whether it kept its promises; exit code 1 when it did not. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { rows: { type: 'string' }, short: { type: 'boolean' }, long: { type: 'boolean' } } });
  const wanted = values.rows?.split(',').map(Number);
  const unknown = wanted?.find((no) => !rows.some((row) => row.no === no));
  if (unknown !== undefined) throw new Error(`没有第 ${unknown} 行故障 / no such row: ${rows.map(({ no }) => no).join(', ')}`);
  const length: Length = values.long ? 'long' : values.short ? 'short' : 'usual';
  const folder = mkdtempSync(join(tmpdir(), 'faults-'));
  mkdirSync(join(folder, 'data'));
  const database = await startEmbeddedPostgres({ dataDir: join(folder, 'data', 'postgres'), port: await freePort(), durable: true, log: () => undefined });
  process.env['TEST_DATABASE_URL'] = database.adminUrl;
  let failed = 0;
  try {
    for (const row of rows.filter(({ no }) => wanted?.includes(no) ?? true)) failed += await tell(row, length);
    process.exitCode = failed > 0 ? 1 : 0;
  } finally {
    await database.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Breaks a town of its own; how many promises were not kept. */
async function tell(row: Row, length: Length): Promise<number> {
  console.log(`\n${row.no}. ${row.what}`);
  const town = await Town.open(row.needs);
  try {
    const { injected, acknowledged, recoveredSeconds, verdicts } = await row.run(town, length);
    console.log(`   ${injected}; ${acknowledged} acknowledged requests${recoveredSeconds === null ? '' : `; recovered in ${recoveredSeconds.toFixed(1)} s`}`);
    for (const { name, ok, detail } of verdicts) console.log(`   ${ok ? '✔' : '✘'} ${name}${detail ? `: ${detail}` : ''}`);
    return verdicts.filter(({ ok }) => !ok).length;
  } finally {
    await town.close();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
});
