import { fork } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadRules, newId, repositoryRoot } from '@credit/platform';
import { startTestService, type TestService } from '@credit/testing';
import { archives } from '../../apps/archives/src/archives.service';
import { writeImportWorkbook } from './import-workbook';
import type { Section } from './section';

interface ImportFigures {
  readonly rows: number;
  readonly values: number;
  readonly seconds: number;
  readonly secondsAgain: number;
  /** Values that the second time changed: none. */
  readonly changedAgain: number;
  /** Most memory of the process that serves, in MiB, before the first upload and after the last. */
  readonly memoryBefore: number;
  readonly memoryMost: number;
  /** How often the progress was seen to move. */
  readonly progressSteps: number;
}

interface Job {
  readonly state: string;
  readonly done: number;
  readonly values: number | null;
}

const village = '341525109204';
const rowsAsked = 50_000;
const pollMs = 250;
/** A heap of this many MiB is enough; with more, Node only collects later. */
const heap = 160;
const mostMemory = (): number => Math.round(process.resourceUsage().maxRSS / 1024);

/** 大导入 — one village's workbook of about 50,000 rows through the public door, twice, the service in a process of its own. Needs `TEST_DATABASE_URL`. */
async function benchImport(): Promise<ImportFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-import-'));
  try {
    const file = join(folder, 'village.xlsx');
    const made = await part<{ rows: number; values: number }>('workbook', file);
    const seen = await part<Omit<ImportFigures, 'rows' | 'values'> & { loaded: number }>('load', file);
    if (seen.loaded !== made.values) throw new Error(`${made.values} values were sent, ${seen.loaded} loaded`);
    const { loaded: _same, ...figures } = seen;
    return { rows: made.rows, values: made.values, ...figures };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export const importSection: Section = {
  name: 'import',
  what: 'one workbook of 50,000 rows',
  async run() {
    const { rows, values, seconds, secondsAgain, changedAgain, memoryMost } = await benchImport();
    return [
      { figure: `${rows} rows, ${values} values`, value: `${seconds.toFixed(1)} s`, target: '≤ 30 s', met: seconds <= 30 },
      { figure: 'the same again', value: `${secondsAgain.toFixed(1)} s, ${changedAgain} values changed`, target: '0 values', met: changedAgain === 0 },
      { figure: 'most memory', value: `${memoryMost} MiB`, target: '≤ 300 MiB', met: memoryMost <= 300 },
    ];
  },
};

async function loadTwice(file: string): Promise<Omit<ImportFigures, 'rows' | 'values'> & { loaded: number }> {
  const service = await startTestService(archives);
  try {
    const { token } = await service.account({ posts: [{ role: 'village-clerk', divisionCode: village }] });
    const memoryBefore = mostMemory();
    const first = await load(service, token, file);
    await indexed(service);
    const again = await load(service, token, file);
    return { loaded: first.job.values ?? 0, seconds: first.seconds, secondsAgain: again.seconds, changedAgain: again.job.values ?? -1, memoryBefore, memoryMost: mostMemory(), progressSteps: first.steps };
  } finally {
    await service.close();
  }
}

/** 检索词 of new households are made after the import; they are no part of it. */
async function indexed({ admin }: TestService): Promise<void> {
  while ((await admin.query('SELECT 1 FROM archives.search_due LIMIT 1')).rowCount !== 0) await new Promise((resolve) => setTimeout(resolve, pollMs));
}

async function load(service: TestService, token: string, file: string): Promise<{ seconds: number; steps: number; job: Job }> {
  const started = performance.now();
  const form = new FormData();
  form.set('file', new Blob([new Uint8Array(readFileSync(file))]), 'village.xlsx');
  const answer = await fetch(`${service.url}/imports?villageCode=${village}`, { method: 'POST', headers: { authorization: `Bearer ${token}`, 'idempotency-key': newId() }, body: form });
  const { jobId: id } = (await answer.json()) as { jobId: string };
  const seen = new Set<number>();
  for (;;) {
    const { importJob: job } = await service.data<{ importJob: Job }>('query ($id: ID!) { importJob(id: $id) { state done values } }', { id }, token);
    seen.add(job.done);
    if (job.state === 'failed') throw new Error('the import was refused');
    if (job.state === 'done') return { seconds: (performance.now() - started) / 1000, steps: seen.size, job };
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}

/** Each part in a process of its own, so that none counts as memory of another. */
function part<T>(name: 'workbook' | 'load', file: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const child = fork(__filename, [name, file], { execArgv: [...process.execArgv, ...(name === 'load' ? [`--max-old-space-size=${heap}`] : [])] });
    child.once('message', (answer) => resolve(answer as T));
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${name} ended with ${code}`)));
  });
}

if (require.main === module && process.send) {
  const [name, file = ''] = process.argv.slice(2);
  const work = name === 'workbook' ? writeImportWorkbook(file, loadRules(join(repositoryRoot(), 'rules')), village, rowsAsked) : loadTwice(file);
  work.then(
    (answer) => process.send?.(answer, () => process.exit(0)),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
}
