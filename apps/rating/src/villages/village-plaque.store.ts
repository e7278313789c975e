import { Problem } from '@credit/contracts';
import type { Tx } from '@credit/platform';
import type { Grade, PlainDate } from '@credit/policy';

/** 牌匾 */
export interface VillagePlaque {
  readonly serial: string;
  readonly applicationId: string;
  readonly grade: Grade;
  readonly text: string;
  readonly issuer: string;
  readonly photoSha256: string;
  readonly issuedOn: PlainDate;
  readonly recalledOn: PlainDate | null;
  readonly recallSha256: string | null;
}

const columns = `serial, application_id AS "applicationId", grade, text, issuer, photo_sha256 AS "photoSha256", issued_on AS "issuedOn", recalled_on AS "recalledOn", recall_sha256 AS "recallSha256"`;

/** 牌匾登记 */
export class VillagePlaqueStore {
  constructor(private readonly tx: Tx) {}

  async nextNumber(year: number): Promise<number> {
    const [row] = await this.tx.manager.query<[{ last: number }]>(
      'INSERT INTO village_plaque_number (year, last) VALUES ($1, 1) ON CONFLICT (year) DO UPDATE SET last = village_plaque_number.last + 1 RETURNING last',
      [year],
    );
    return row.last;
  }

  /** Problem `village.plaque-hangs` while one of this grade was issued and not recalled. */
  async insert(plaque: Omit<VillagePlaque, 'issuedOn' | 'recalledOn' | 'recallSha256'>): Promise<void> {
    const added = await this.tx.manager.query<unknown[]>(
      `INSERT INTO village_plaque (serial, application_id, grade, text, issuer, photo_sha256, issued_by, issued_on) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
       ON CONFLICT (application_id, grade) WHERE recalled_on IS NULL DO NOTHING RETURNING 1`,
      [plaque.serial, plaque.applicationId, plaque.grade, plaque.text, plaque.issuer, plaque.photoSha256, this.tx.actor.principal, this.tx.today],
    );
    if (added.length === 0) throw new Problem('village.plaque-hangs', { applicationId: plaque.applicationId, grade: plaque.grade });
  }

  async find(serial: string): Promise<VillagePlaque | undefined> {
    const [row] = await this.tx.manager.query<VillagePlaque[]>(`SELECT ${columns} FROM village_plaque WHERE serial = $1`, [serial]);
    return row;
  }

  async lock(serial: string): Promise<VillagePlaque> {
    const [row] = await this.tx.manager.query<VillagePlaque[]>(`SELECT ${columns} FROM village_plaque WHERE serial = $1 FOR UPDATE`, [serial]);
    if (!row) throw new Problem('not-found', { serial });
    return row;
  }

  of(applicationId: string): Promise<VillagePlaque[]> {
    return this.tx.manager.query(`SELECT ${columns} FROM village_plaque WHERE application_id = $1 ORDER BY serial`, [applicationId]);
  }

  /** Plaques that still hang although their recognition ended, was revoked or has another grade; computed on reading. */
  toRecall(scopes: readonly string[], limit: number): Promise<(VillagePlaque & { villageCode: string; villageName: string })[]> {
    return this.tx.manager.query(
      `SELECT p.*, a.village_code AS "villageCode", a.village_name AS "villageName" FROM (SELECT ${columns} FROM village_plaque WHERE recalled_on IS NULL) p
       JOIN village_application a ON a.application_id = p."applicationId"
       WHERE a.village_code LIKE ANY($1) AND (a.state NOT IN ('recognised', 'plaque-issued') OR a.last_day < $2 OR a.grade <> p.grade) ORDER BY p.serial LIMIT $3`,
      [scopes.map((scope) => `${scope}%`), this.tx.today, limit],
    );
  }

  async recall(serial: string, photoSha256: string): Promise<void> {
    await this.tx.manager.query('UPDATE village_plaque SET recalled_by = $2, recalled_on = $3, recall_sha256 = $4 WHERE serial = $1', [serial, this.tx.actor.principal, this.tx.today, photoSha256]);
  }
}
