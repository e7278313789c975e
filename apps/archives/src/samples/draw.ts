import { createHash } from 'node:crypto';

export function seedHash(seed: string): string {
  return createHash('sha256').update(seed).digest('hex');
}

/** 样本量: a share of the batch, at least so many, at most all. */
export function sampleSize(batch: number, share: number, least: number): number {
  return Math.min(batch, Math.max(least, Math.ceil(batch * share)));
}

/** 抽样 — the files with the smallest hash of seed and id: anybody with the seed draws the same. 三(五) */
export function drawSample(seed: string, fileIds: readonly string[], size: number): string[] {
  const ranked = fileIds.map((fileId) => ({ fileId, rank: createHash('sha256').update(`${seed}\n${fileId}`).digest('hex') }));
  return ranked
    .toSorted((a, b) => (a.rank < b.rank ? -1 : 1))
    .slice(0, size)
    .map((one) => one.fileId);
}
