import type { Tx } from '@credit/platform';

/** 不得由旧表恢复的登记 */
export class RegistrationGateStore {
  constructor(private readonly tx: Tx) {}

  /** Numbers of closed households, and numbers that households had before they moved. */
  async ended(numbers: readonly string[]): Promise<Map<string, 'closed' | 'former'>> {
    const rows = await this.tx.manager.query<{ no: string; how: 'closed' | 'former' }[]>(
      `SELECT subject_no AS no, 'closed' AS how FROM subject WHERE subject_no = ANY($1) AND closed_on IS NOT NULL
       UNION ALL SELECT subject_no, 'former' FROM former_number WHERE subject_no = ANY($1)`,
      [numbers],
    );
    return new Map(rows.map(({ no, how }) => [no, how]));
  }

  /** Keyed hashes of people whose registration ended and who are registered nowhere today. */
  async left(hashes: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = await this.tx.manager.query<{ hash: string }[]>(
      `SELECT DISTINCT resident_hash AS hash FROM member m WHERE resident_hash = ANY($1) AND NOT EXISTS (SELECT 1 FROM member o WHERE o.resident_hash = m.resident_hash AND o.to_on IS NULL)`,
      [hashes],
    );
    return new Set(rows.map(({ hash }) => hash));
  }
}
