import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { freePort } from '../free-port';
import { startEmbeddedPostgres } from '../embedded-postgres/embedded-postgres';
import { archivesSection } from './archives';
import { importSection } from './import';
import { ratingGrowthSection, ratingSection, whatIfSection } from './rating';
import type { Section } from './section';

const sections: readonly Section[] = [importSection, archivesSection, ratingSection, whatIfSection, ratingGrowthSection];

/** `npm run bench -- [section …] [--households N]` — measures on a database of its own; exit code 1 when a target is missed. */
async function main(): Promise<void> {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { households: { type: 'string' } } });
  const unknown = positionals.filter((name) => !sections.some((section) => section.name === name));
  if (unknown.length > 0) throw new Error(`没有这一组指标 / no such section: ${unknown.join(', ')}（${sections.map(({ name }) => name).join('、')}）`);
  const sizes = { households: values.households === undefined ? undefined : Number(values.households) };
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const database = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres'), port: await freePort(), durable: true, log: () => undefined });
  process.env['TEST_DATABASE_URL'] = database.adminUrl;
  try {
    let missed = 0;
    for (const section of sections.filter(({ name }) => positionals.length === 0 || positionals.includes(name))) {
      console.log(`\n${section.name} — ${section.what}（${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)}）`);
      for (const { figure, value, target, met } of await section.run(sizes)) {
        console.log(`  ${met ? '✔' : '✘'} ${figure}: ${value}${target === null ? '' : `（${target}）`}`);
        if (!met) missed += 1;
      }
    }
    process.exitCode = missed > 0 ? 1 : 0;
  } finally {
    await database.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
});
