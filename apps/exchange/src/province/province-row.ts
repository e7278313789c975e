import { createHash } from 'node:crypto';
import type { archivesReads, RowOf } from '@credit/contracts';
import { canonicalText } from '../signing/answer-signer';
import type { ProvinceRules } from './province-rules';

export type UploadFile = RowOf<typeof archivesReads.uploadFiles>;
export type Reason = 'erased' | 'withdrawn';

interface RowHead {
  readonly schema: number;
  readonly recordId: string;
  /** Grows with every change in the county: of two rows of a record the greater counts. */
  readonly sequence: number;
  readonly version: number;
  readonly villageCode: string;
}

/** 上报记录 — one line of what leaves, and all of it. */
export type ProvinceRow =
  | (RowHead & {
      readonly op: 'upsert';
      readonly groupCode: string;
      readonly subjectKind: string;
      readonly subjectNo: string;
      readonly verifiedOn: string;
      readonly items: Readonly<Record<string, string>>;
    })
  | (RowHead & { readonly op: 'delete'; readonly reason: Reason });

const villageDigits = 12;
export const villageOf = (groupCode: string): string => groupCode.slice(0, villageDigits);

/** A verified file as it leaves: the items of the rules and no others. */
export function upsertRow(file: UploadFile, sequence: number, rules: ProvinceRules): ProvinceRow {
  const items = Object.fromEntries(rules.items[file.subjectKind].flatMap((item) => (file.items[item] === undefined ? [] : [[item, file.items[item]]])));
  return {
    schema: rules.schema,
    op: 'upsert',
    recordId: file.fileId,
    sequence,
    version: file.version,
    villageCode: villageOf(file.groupCode),
    groupCode: file.groupCode,
    subjectKind: file.subjectKind,
    subjectNo: file.subjectNo,
    verifiedOn: file.verifiedOn,
    items,
  };
}

/** One line of NDJSON: keys in order, no spaces. */
export function lineOf(row: ProvinceRow): string {
  return `${canonicalText(row)}\n`;
}

export function digestOf(text: string, algorithm: 'sha256' | 'sm3' = 'sha256'): string {
  return createHash(algorithm).update(text).digest('hex');
}
