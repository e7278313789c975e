import { Problem } from '@credit/contracts';
import type { Tx } from '@credit/platform';

export interface Sample {
  readonly sampleId: string;
  readonly villageCode: string;
  readonly seedHash: string;
  readonly seed: string | null;
  readonly result: 'passed' | 'sent-back' | null;
}

export interface SampledFile {
  readonly fileId: string;
  readonly sound: boolean | null;
}

const columns = 'sample_id AS "sampleId", village_code AS "villageCode", seed_hash AS "seedHash", seed, result';

/** 县级抽查 */
export class SampleStore {
  constructor(private readonly tx: Tx) {}

  async insert(sample: { sampleId: string; villageCode: string; seedHash: string }): Promise<void> {
    await this.tx.manager.query('INSERT INTO sample (sample_id, village_code, seed_hash, committed_at) VALUES ($1, $2, $3, $4)', [sample.sampleId, sample.villageCode, sample.seedHash, this.tx.now]);
  }

  async lock(sampleId: string): Promise<Sample> {
    const [row] = await this.tx.manager.query<Sample[]>(`SELECT ${columns} FROM sample WHERE sample_id = $1 FOR UPDATE`, [sampleId]);
    if (!row) throw new Problem('not-found', { sampleId });
    return row;
  }

  async byId(sampleId: string): Promise<Sample> {
    const [row] = await this.tx.manager.query<Sample[]>(`SELECT ${columns} FROM sample WHERE sample_id = $1`, [sampleId]);
    if (!row) throw new Problem('not-found', { sampleId });
    return row;
  }

  async draw(sampleId: string, seed: string, fileIds: readonly string[]): Promise<void> {
    await this.tx.manager.query('UPDATE sample SET seed = $2, drawn_at = $3 WHERE sample_id = $1', [sampleId, seed, this.tx.now]);
    await this.tx.manager.query('INSERT INTO sample_file (sample_id, file_id) SELECT $1, unnest($2::uuid[])', [sampleId, fileIds]);
  }

  files(sampleId: string): Promise<SampledFile[]> {
    return this.tx.manager.query('SELECT file_id AS "fileId", sound FROM sample_file WHERE sample_id = $1 ORDER BY file_id', [sampleId]);
  }

  async find(sampleId: string, fileId: string, sound: boolean, note: string | null): Promise<boolean> {
    const [, count] = await this.tx.manager.query<[unknown, number]>('UPDATE sample_file SET sound = $3, note = $4 WHERE sample_id = $1 AND file_id = $2', [sampleId, fileId, sound, note]);
    return count > 0;
  }

  async conclude(sampleId: string, result: 'passed' | 'sent-back'): Promise<void> {
    await this.tx.manager.query('UPDATE sample SET result = $2 WHERE sample_id = $1', [sampleId, result]);
  }
}
