import { archivesReads } from '@credit/contracts';
import { InternalClient } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import type { ProvinceRules } from './province-rules';
import { digestOf, lineOf, type ProvinceRow, type UploadFile, upsertRow } from './province-row';
import type { ProvinceRecord } from './record.store';

const mostFiles = 500;

/** 取数 — the rows are made from the archives when they leave and are kept nowhere on the way. */
@Injectable()
export class RowReader {
  constructor(private readonly peers: InternalClient) {}

  async files(fileIds: readonly string[]): Promise<Map<string, UploadFile>> {
    const found = new Map<string, UploadFile>();
    for (let start = 0; start < fileIds.length; start += mostFiles) {
      for (const file of await this.peers.all(archivesReads.uploadFiles, { fileIds: fileIds.slice(start, start + mostFiles) })) found.set(file.fileId, file);
    }
    return found;
  }

  /** The rows of these records, exactly as their digests say; one that the archives no longer answer so is left out. */
  async rows(records: readonly ProvinceRecord[], rules: ProvinceRules): Promise<{ row: ProvinceRow; line: string; record: ProvinceRecord }[]> {
    const files = await this.files(records.flatMap((record) => (record.op === 'upsert' ? [record.fileId] : [])));
    return records.flatMap((record) => {
      const row = rowOf(record, files.get(record.fileId), rules);
      const line = row ? lineOf(row) : '';
      return row && digestOf(line) === record.sha256 ? [{ row, line, record }] : [];
    });
  }
}

/** Undefined when the file is not among the verified ones now. */
export function rowOf(record: Omit<ProvinceRecord, 'sha256'>, file: UploadFile | undefined, rules: ProvinceRules): ProvinceRow | undefined {
  const { fileId: recordId, seq: sequence, version, villageCode, reason } = record;
  if (reason !== null) return { schema: rules.schema, op: 'delete', recordId, sequence, version, villageCode, reason };
  return file && upsertRow(file, sequence, rules);
}
