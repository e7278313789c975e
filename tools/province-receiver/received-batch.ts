import { createHash } from 'node:crypto';

export interface ReceivedManifest {
  readonly schema: number;
  readonly batchId: string;
  readonly rows: number;
  readonly sha256: string;
  readonly sm3: string;
  readonly chunks: readonly { readonly number: number; readonly chunkId: string; readonly rows: number; readonly sha256: string; readonly sm3: string }[];
}

const digest = (algorithm: string, text: string): string => createHash(algorithm).update(text).digest('hex');

/** 收到的批次 — its chunks in any order and any number of times; whole when every digest of the manifest holds. */
export class ReceivedBatch {
  private readonly texts = new Map<number, string>();

  constructor(readonly manifest: ReceivedManifest) {}

  /** A code when the chunk is not the one the manifest names. */
  add(number: number, text: string): 'chunk.unknown' | 'chunk.digest' | null {
    const expected = this.manifest.chunks.find((chunk) => chunk.number === number);
    if (!expected) return 'chunk.unknown';
    if (digest('sha256', text) !== expected.sha256 || digest('sm3', text) !== expected.sm3) return 'chunk.digest';
    this.texts.set(number, text);
    return null;
  }

  get missing(): number[] {
    return this.manifest.chunks.map(({ number }) => number).filter((number) => !this.texts.has(number));
  }

  /** The rows in order; undefined while a chunk is missing or when the whole is not what was signed. */
  lines(): string[] | undefined {
    if (this.missing.length > 0) return undefined;
    const whole = this.manifest.chunks.map(({ number }) => this.texts.get(number) ?? '').join('');
    const lines = whole.split(/(?<=\n)/);
    const sound = digest('sha256', whole) === this.manifest.sha256 && digest('sm3', whole) === this.manifest.sm3 && lines.length === this.manifest.rows;
    return sound ? lines : undefined;
  }
}
