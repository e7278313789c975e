import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repositoryRoot } from '@credit/platform';
import { ratingSamples } from './rating-samples';
import { samples } from './samples';

const pictures = join(repositoryRoot(), 'docs/print');
/** Further pages show nothing new. */
const mostPages: Readonly<Record<string, number>> = { list: 2, 'sign-off-sheet': 1 };

/** `node tools/run.mjs print-samples` — prints every kind of document with invented households and makes the pictures of docs/print, by pdftoppm of poppler-utils. */
async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'print-samples-'));
  try {
    for (const name of readdirSync(pictures).filter((one) => one.endsWith('.png'))) rmSync(join(pictures, name));
    for (const [kind, print] of Object.entries({ ...samples, ...ratingSamples })) {
      const file = join(folder, `${kind}.pdf`);
      const { pdf, missing } = await print();
      writeFileSync(file, pdf);
      execFileSync('pdftoppm', ['-r', '60', '-gray', '-png', '-l', String(mostPages[kind] ?? 3), file, join(pictures, kind)]);
      console.log(`${kind}: ${pdf.length} bytes, missing ${missing.map(({ codePoint }) => codePoint).join(' ') || 'none'}`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
