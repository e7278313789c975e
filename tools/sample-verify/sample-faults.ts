import { z } from 'zod';
import { drawSample, sampleSize, seedHash } from '../../apps/archives/src/samples/draw';

export const recordShape = z.object({
  sampleId: z.uuid(),
  seedHash: z.string(),
  seed: z.string().nullable(),
  share: z.number().nullable(),
  least: z.number().nullable(),
  batch: z.array(z.string()),
  drawn: z.array(z.string()),
});

export type SampleRecord = z.output<typeof recordShape>;

/** 重新抽样 — what does not follow from the promised seed and the batch, in sentences; empty when the sample was drawn fairly. */
export function sampleFaults({ seed, seedHash: promised, share, least, batch, drawn }: SampleRecord): string[] {
  if (seed === null || share === null || least === null) return ['还没有抽样：随机数尚未公开'];
  const faults: string[] = [];
  if (seedHash(seed) !== promised) faults.push('公开的随机数与事先承诺的摘要不符');
  const again = drawSample(seed, batch, sampleSize(batch.length, share, least)).toSorted();
  if (again.join() !== drawn.toSorted().join()) faults.push(`按随机数应抽取 ${again.length} 份，与公布的样本不一致`);
  return faults;
}
