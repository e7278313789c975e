import { archivesReads, type RowOf } from '@credit/contracts';
import { InternalClient, systemActor, type Tx, UnitOfWork } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { digestOf, lineOf, type Reason, type UploadFile, villageOf } from './province-row';
import { type ProvinceRules, provinceRules } from './province-rules';
import { type ProvinceRecord, RecordStore } from './record.store';
import { rowOf, RowReader } from './row-reader';

type State = RowOf<typeof archivesReads.uploadStates>;
type Draft = Omit<ProvinceRecord, 'seq' | 'sha256'>;

const pageRows = 500;

/**
 * 登记变更 — compares what the archives hold with the ledger and numbers every difference: newly verified or corrected files, and those
 * erased, returned or excluded since. It needs no message to have arrived. 三(五)
 */
@Injectable()
export class SyncRecords {
  constructor(
    private readonly work: UnitOfWork,
    private readonly peers: InternalClient,
    private readonly reader: RowReader,
  ) {}

  /** How many changes were numbered. */
  async execute(county: string): Promise<number> {
    const divisions = await this.peers.all(archivesReads.divisions, { under: county });
    let changes = 0;
    for (const { code, level } of divisions) {
      if (level !== 'village') continue;
      const states = await this.peers.all(archivesReads.uploadStates, { under: code });
      for (let start = 0; start < states.length; start += pageRows) changes += await this.page(states.slice(start, start + pageRows));
    }
    return changes;
  }

  private page(states: readonly State[]): Promise<number> {
    return this.work.run(systemActor(), async (tx) => {
      const rules = provinceRules(tx.today);
      const known = await new RecordStore(tx).byFiles(states.map((state) => state.fileId));
      const fresh = states.filter((state) => state.state === 'verified' && known.get(state.fileId)?.stamp !== stampOf(state, rules));
      const files = await this.reader.files(fresh.map((state) => state.fileId));
      const drafts = states.flatMap((state): Draft[] => {
        const record = known.get(state.fileId);
        const file = files.get(state.fileId);
        if (file) return [upsertDraft(state, file, rules)];
        const reason = reasonToDelete(state, record);
        const draft = reason && record ? deleteDraft(record, state.version, reason, rules) : undefined;
        return draft && draft.stamp !== record?.stamp ? [draft] : [];
      });
      await this.number(tx, drafts, files, rules);
      return drafts.length;
    });
  }

  private async number(tx: Tx, drafts: readonly Draft[], files: ReadonlyMap<string, UploadFile>, rules: ProvinceRules): Promise<void> {
    if (drafts.length === 0) return;
    const records = new RecordStore(tx);
    const sequences = await records.nextSequences(drafts.length);
    const numbered = drafts.flatMap((draft, index): ProvinceRecord[] => {
      const record = { ...draft, seq: sequences[index] ?? 0 };
      const row = rowOf(record, files.get(draft.fileId), rules);
      return row ? [{ ...record, sha256: digestOf(lineOf(row)) }] : [];
    });
    await records.save(numbered);
  }
}

function consentsOf({ consent }: Pick<State, 'consent'>): string[] {
  return [...(consent.economics ? ['economics'] : []), ...(consent.credit ? ['credit'] : [])];
}

function stampOf(file: Pick<State, 'version' | 'groupCode' | 'consent'>, { schema }: ProvinceRules): string {
  return [schema, file.version, file.groupCode, ...consentsOf(file)].join('/');
}

function upsertDraft({ fileId, subjectId }: State, file: UploadFile, rules: ProvinceRules): Draft {
  return { fileId, subjectId, villageCode: villageOf(file.groupCode), stamp: stampOf(file, rules), consents: consentsOf(file), op: 'upsert', version: file.version, reason: null };
}

/** It stays where the province has it: a delete never moves a record to another village. */
function deleteDraft({ fileId, subjectId, villageCode }: ProvinceRecord, version: number, reason: Reason, { schema }: ProvinceRules): Draft {
  return { fileId, subjectId, villageCode, stamp: [schema, 'delete', reason].join('/'), consents: [], op: 'delete', version, reason };
}

/** While a correction waits for its verification the version before stays, unless a consent it was sent under is gone. */
function reasonToDelete({ state, consent }: State, record: ProvinceRecord | undefined): Reason | null {
  switch (state) {
    case 'verified':
      return null;
    case 'erased':
      return 'erased';
    case 'withdrawn':
      return 'withdrawn';
    case 'pending': {
      const now = consentsOf({ consent });
      return record?.consents.some((given) => !now.includes(given)) ? 'withdrawn' : null;
    }
  }
}
