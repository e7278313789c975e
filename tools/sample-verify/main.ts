import { readFileSync } from 'node:fs';
import { recordShape, sampleFaults } from './sample-faults';

/** `npm run sample:verify -- <address or file>` — reads a published record and draws the sample again; exit code 1 when it differs. */
async function main(): Promise<void> {
  const [source = ''] = process.argv.slice(2);
  if (source === '') throw new Error('用法：npm run sample:verify -- <抽查记录的网址或文件> / usage: npm run sample:verify -- <address or file of the record>');
  const text = source.startsWith('http') ? await (await fetch(source)).text() : readFileSync(source, 'utf8');
  const record = recordShape.parse(JSON.parse(text));
  const faults = sampleFaults(record);
  console.log(faults.length === 0 ? `样本属实：${record.batch.length} 份中抽取 ${record.drawn.length} 份，可由公开的随机数重新抽出` : faults.join('\n'));
  process.exitCode = faults.length === 0 ? 0 : 1;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(2);
});
