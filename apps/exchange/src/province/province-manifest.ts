import { createHash } from 'node:crypto';
import { canonicalText } from '../signing/answer-signer';
import { digestOf } from './province-row';

export interface ManifestChunk {
  readonly number: number;
  readonly chunkId: string;
  readonly rows: number;
  readonly sha256: string;
  readonly sm3: string;
}

/** 批次清单 — what a batch consists of; digests are of the rows as text, before compression. */
export interface Manifest {
  readonly schema: number;
  readonly batchId: string;
  readonly county: string;
  readonly village: string;
  /** The day whose changes it holds. */
  readonly period: string;
  readonly rows: number;
  readonly sha256: string;
  readonly sm3: string;
  readonly chunks: readonly ManifestChunk[];
}

/** The same rows of the same period make the same id (RFC 9562, version 8), so that a batch cut again is the same batch. */
function batchIdOf(parts: readonly unknown[]): string {
  const hex = createHash('sha256').update(canonicalText(parts)).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
}

export function manifestOf(head: Pick<Manifest, 'schema' | 'county' | 'village' | 'period'>, chunks: readonly (readonly string[])[]): Manifest {
  const texts = chunks.map((lines) => lines.join(''));
  const whole = texts.join('');
  const sha256 = digestOf(whole);
  const batchId = batchIdOf([head.schema, head.county, head.village, head.period, sha256]);
  return {
    ...head,
    batchId,
    rows: chunks.reduce((sum, lines) => sum + lines.length, 0),
    sha256,
    sm3: digestOf(whole, 'sm3'),
    chunks: texts.map((text, index) => ({ number: index + 1, chunkId: `${batchId}-${index + 1}`, rows: chunks[index]?.length ?? 0, sha256: digestOf(text), sm3: digestOf(text, 'sm3') })),
  };
}
