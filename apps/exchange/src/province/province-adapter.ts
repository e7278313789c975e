import { z } from 'zod';
import type { ManifestSignature } from './manifest-signer';
import type { Manifest } from './province-manifest';

const digest = z.string().regex(/^[0-9a-f]{64}$/);

/** 记录回执 — as the province posts it or answers it; what is not of this shape is no receipt. */
export const recordReceipt = z.discriminatedUnion('outcome', [
  z.object({ recordId: z.uuid(), sequence: z.int().positive(), outcome: z.literal('accepted') }),
  z.object({
    recordId: z.uuid(),
    sequence: z.int().positive(),
    outcome: z.literal('rejected'),
    code: z.string().regex(/^[a-z][a-z0-9.-]{0,63}$/),
    field: z.string().regex(/^[\w.]{1,64}$/).optional(),
  }),
]);
export type RecordReceipt = z.output<typeof recordReceipt>;

export const offered = z.object({ missing: z.array(z.int().positive()) });
export type Offered = z.output<typeof offered>;

export const batchReceipt = z.discriminatedUnion('state', [z.object({ state: z.literal('processing') }), z.object({ state: z.literal('done'), records: z.array(recordReceipt) })]);
export type BatchReceipt = z.output<typeof batchReceipt>;

export const villageSummary = z.object({ villageCode: z.string().regex(/^\d{12}$/), count: z.int().nonnegative(), sha256: digest });
export type VillageSummary = z.output<typeof villageSummary>;

export const holding = z.object({ recordId: z.uuid(), sha256: digest });
export type Holding = z.output<typeof holding>;

/**
 * 省平台适配器 — the whole of what this system needs of a provincial platform; a county whose province speaks another
 * protocol replaces this one class. Everything may be repeated. Problems `province.unavailable` (tried again later) and
 * `province.refused` (never tried again as it is).
 */
export interface ProvinceAdapter {
  /** Announces a batch; answers the numbers of the chunks that are not there yet. */
  offer(manifest: Manifest, signature: ManifestSignature): Promise<Offered>;
  /** Hands over one chunk of rows (NDJSON); answers what is still missing. */
  deliver(batchId: string, chunk: number, rows: string): Promise<Offered>;
  receipt(batchId: string): Promise<BatchReceipt>;
  /** What the province holds per village: how many records, and SHA-256 over `recordId sha256\n` of each, ordered by id. */
  summary(under: string): Promise<readonly VillageSummary[]>;
  holdings(villageCode: string): Promise<readonly Holding[]>;
}

/** The adapter, or null where nothing is pushed. */
export const PROVINCE = Symbol('province');
