import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

export interface Word {
  readonly text: string;
  /** From the left and from the top, in points. */
  readonly x: number;
  readonly y: number;
  readonly length: number;
}

export interface Page {
  readonly width: number;
  readonly height: number;
  /** In the order in which they were written. */
  readonly words: readonly Word[];
}

/** What a reader that knows nothing of this library finds in the file. */
export function readPdf(pdf: Buffer): Page[] {
  return JSON.parse(execFileSync(process.execPath, [join(__dirname, 'pdf-reader.mjs')], { input: pdf, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })) as Page[];
}

/** All text without white space: lines and spread characters leave no trace. */
export function textOf(pages: readonly Page[]): string {
  return pages.flatMap(({ words }) => words.map(({ text }) => text)).join('').replaceAll(/\s/g, '');
}

/** Fails unless the parts stand in the text one after the other. */
export function expectInOrder(text: string, parts: readonly string[]): void {
  let at = 0;
  for (const part of parts.map((one) => one.replaceAll(/\s/g, ''))) {
    const found = text.indexOf(part, at);
    if (found < 0) throw new Error(`“${part}” does not stand after position ${at} of: ${text}`);
    at = found + part.length;
  }
}
