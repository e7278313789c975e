// `node tools/run.mjs print-samples`: prints every kind of document with invented households and turns the pages into the
// pictures of docs/print, with pdftoppm of poppler-utils.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { samples } from './samples';

const pictures = resolve(process.cwd(), 'docs/print');
/** The pages worth looking at; the first of every other kind. */
const pages: Readonly<Record<string, readonly number[]>> = { notice: [1, 2], list: [1, 2], 'group-table': [1, 2, 3] };

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'print-samples-'));
  try {
    for (const [kind, print] of Object.entries(samples)) {
      const file = join(folder, `${kind}.pdf`);
      const { pdf, missing } = await print();
      writeFileSync(file, pdf);
      for (const page of pages[kind] ?? [1]) {
        execFileSync('pdftoppm', ['-r', '75', '-gray', '-png', '-singlefile', '-f', String(page), '-l', String(page), file, join(pictures, `${kind}-${page}`)]);
      }
      console.log(`${kind}: ${pdf.length} bytes, missing ${missing.map(({ codePoint }) => codePoint).join(' ') || 'none'}`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

void main();
