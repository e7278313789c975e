import { Problem } from '@credit/contracts';
import type { Tx } from '@credit/platform';
import type { ItemList, PlainDate } from '@credit/policy';

/** 评议清单版本 as stored, with its approval when there is one. */
export interface ListVersion {
  readonly id: string;
  readonly countyCode: string;
  readonly list: ItemList;
  readonly effectiveFrom: PlainDate;
  readonly draftedBy: string;
  readonly draftedOn: PlainDate;
  readonly approvedOn: PlainDate | null;
}

const columns = `v.id, v.county_code AS "countyCode", v.list, v.effective_from AS "effectiveFrom", v.drafted_by AS "draftedBy", v.drafted_on AS "draftedOn", a.approved_on AS "approvedOn"`;
const from = 'FROM list_version v LEFT JOIN list_approval a ON a.list_version_id = v.id';

/** All SQL of item lists. Versions and approvals are only ever added. */
export class ItemListStore {
  constructor(private readonly tx: Tx) {}

  async insert(version: Omit<ListVersion, 'approvedOn'>): Promise<void> {
    await this.tx.manager.query('INSERT INTO list_version (id, county_code, list, effective_from, drafted_by, drafted_on) VALUES ($1, $2, $3, $4, $5, $6)', [
      version.id,
      version.countyCode,
      JSON.stringify(version.list),
      version.effectiveFrom,
      version.draftedBy,
      version.draftedOn,
    ]);
  }

  async get(id: string): Promise<ListVersion> {
    const [row] = await this.tx.manager.query<ListVersion[]>(`SELECT ${columns} ${from} WHERE v.id = $1`, [id]);
    if (!row) throw new Problem('not-found', { listVersionId: id });
    return row;
  }

  /** False when it, or another one for the same county and day, had been approved before. */
  async approve({ id, countyCode, effectiveFrom }: ListVersion): Promise<boolean> {
    const added = await this.tx.manager.query<unknown[]>(
      'INSERT INTO list_approval (list_version_id, approved_by, approved_on, county_code, effective_from) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING RETURNING 1',
      [id, this.tx.actor.principal, this.tx.today, countyCode, effectiveFrom],
    );
    return added.length > 0;
  }

  /** 现行清单 — the approved version in force in a county on a day. */
  async inForce(countyCode: string, day: PlainDate): Promise<ListVersion | undefined> {
    const [row] = await this.tx.manager.query<ListVersion[]>(
      `SELECT ${columns} ${from} WHERE v.county_code = $1 AND v.effective_from <= $2 AND a.approved_on IS NOT NULL ORDER BY v.effective_from DESC LIMIT 1`,
      [countyCode, day],
    );
    return row;
  }

  async anyApproved(countyCode: string): Promise<boolean> {
    return (await this.tx.manager.query<unknown[]>(`SELECT 1 ${from} WHERE v.county_code = $1 AND a.approved_on IS NOT NULL LIMIT 1`, [countyCode])).length > 0;
  }

  list(countyCode: string): Promise<ListVersion[]> {
    return this.tx.manager.query(`SELECT ${columns} ${from} WHERE v.county_code = $1 ORDER BY v.id DESC`, [countyCode]);
  }
}
