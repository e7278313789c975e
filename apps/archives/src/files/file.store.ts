import { Problem, type SubjectKind } from '@credit/contracts';
import type { Tx } from '@credit/platform';
import type { PlainDate } from '@credit/policy';

export type FileState = 'collected' | 'submitted' | 'verified' | 'returned' | 'erased';

export interface CreditFile {
  readonly fileId: string;
  readonly subjectId: string;
  readonly subjectKind: SubjectKind;
  readonly villageCode: string;
  readonly state: FileState;
  readonly version: number;
  readonly collectedBy: string;
  readonly assignedTo: string | null;
  readonly verifiedOn: PlainDate | null;
}

const columns = `f.file_id AS "fileId", f.subject_id AS "subjectId", s.kind AS "subjectKind", s.village_code AS "villageCode", f.state, f.version, f.collected_by AS "collectedBy",
  f.assigned_to AS "assignedTo", f.verified_on AS "verifiedOn"`;

/** 信用档案 */
export class FileStore {
  constructor(private readonly tx: Tx) {}

  async lockAll(fileIds: readonly string[]): Promise<CreditFile[]> {
    const rows = await this.tx.manager.query<CreditFile[]>(`SELECT ${columns} FROM credit_file f JOIN subject s USING (subject_id) WHERE f.file_id = ANY($1) ORDER BY f.file_id FOR UPDATE OF f`, [fileIds]);
    if (rows.length !== new Set(fileIds).size) throw new Problem('not-found', { asked: fileIds.length, found: rows.length });
    return rows;
  }

  bySubjects(subjectIds: readonly string[]): Promise<CreditFile[]> {
    return this.tx.manager.query(`SELECT ${columns} FROM credit_file f JOIN subject s USING (subject_id) WHERE f.subject_id = ANY($1)`, [subjectIds]);
  }

  page(scopes: readonly string[], under: string, state: FileState | null, assignedTo: string | null, after: string | null, limit: number): Promise<CreditFile[]> {
    return this.tx.manager.query(
      `SELECT ${columns} FROM credit_file f JOIN subject s USING (subject_id)
       WHERE s.village_code LIKE $1 || '%' AND ($2::text IS NULL OR f.state = $2) AND ($3::uuid IS NULL OR f.assigned_to = $3) AND ($4::uuid IS NULL OR f.file_id > $4::uuid)
         AND EXISTS (SELECT 1 FROM unnest($5::text[]) AS scope WHERE s.village_code LIKE scope || '%') ORDER BY f.file_id LIMIT $6`,
      [under, state, assignedTo, after, scopes, limit],
    );
  }

  /** Notes fresh data of the subjects: a new file, or a further version that has to be verified again. */
  async collected(files: readonly { fileId: string; subjectId: string }[], by: string): Promise<void> {
    await this.tx.manager.query(
      `INSERT INTO credit_file (file_id, subject_id, state, version, collected_by, collected_on)
       SELECT "fileId", "subjectId", 'collected', 1, $2, $3 FROM jsonb_to_recordset($1::jsonb) AS r("fileId" uuid, "subjectId" uuid)
       ON CONFLICT (subject_id) DO UPDATE SET state = 'collected', version = credit_file.version + 1, collected_by = EXCLUDED.collected_by, collected_on = EXCLUDED.collected_on,
         verified_by = NULL, verified_on = NULL, note = NULL`,
      [JSON.stringify(files), by, this.tx.today],
    );
  }

  /** 提交校核: how many files went from collected or returned to submitted. */
  async submitVillage(villageCode: string): Promise<number> {
    const [, count] = await this.tx.manager.query<[unknown, number]>(
      `UPDATE credit_file f SET state = 'submitted' FROM subject s WHERE s.subject_id = f.subject_id AND s.village_code = $1 AND s.closed_on IS NULL AND f.state IN ('collected', 'returned')`,
      [villageCode],
    );
    return count;
  }

  async assign(fileIds: readonly string[], verifierId: string): Promise<void> {
    await this.tx.manager.query('UPDATE credit_file SET assigned_to = $2 WHERE file_id = ANY($1)', [fileIds, verifierId]);
  }

  async verified(fileIds: readonly string[], by: string): Promise<void> {
    await this.tx.manager.query(`UPDATE credit_file SET state = 'verified', verified_by = $2, verified_on = $3, note = NULL WHERE file_id = ANY($1)`, [fileIds, by, this.tx.today]);
  }

  async returned(fileIds: readonly string[], note: string): Promise<void> {
    await this.tx.manager.query(`UPDATE credit_file SET state = 'returned', verified_by = NULL, verified_on = NULL, note = $2 WHERE file_id = ANY($1)`, [fileIds, note]);
  }

  async verifiedOf(villageCode: string): Promise<CreditFile[]> {
    return this.tx.manager.query(`SELECT ${columns} FROM credit_file f JOIN subject s USING (subject_id) WHERE s.village_code = $1 AND s.closed_on IS NULL AND f.state = 'verified' ORDER BY f.file_id`, [villageCode]);
  }
}
