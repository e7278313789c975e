import type { Tx } from '@credit/platform';

export interface Division {
  readonly code: string;
  readonly name: string;
  readonly level: 'province' | 'city' | 'county' | 'town' | 'village' | 'group';
  readonly community: boolean;
  readonly parentCode: string | null;
}

const columns = 'code, name, level, community, parent_code AS "parentCode"';

/** 行政区划与村民小组 */
export class DivisionStore {
  constructor(private readonly tx: Tx) {}

  async upsertAll(divisions: readonly Division[]): Promise<void> {
    await this.tx.manager.query(
      `INSERT INTO division (code, name, level, community, parent_code)
       SELECT code, name, level, community, "parentCode" FROM jsonb_to_recordset($1::jsonb) AS r(code text, name text, level text, community boolean, "parentCode" text)
       ON CONFLICT (code) DO UPDATE SET name = EXCLUDED.name WHERE division.name <> EXCLUDED.name`,
      [JSON.stringify(divisions)],
    );
  }

  /** The division of the prefix and all that lie in it. */
  under(prefix: string): Promise<Division[]> {
    return this.tx.manager.query(`SELECT ${columns} FROM division WHERE code LIKE $1 || '%' ORDER BY code`, [prefix]);
  }

  async byCode(code: string): Promise<Division | undefined> {
    const [row] = await this.tx.manager.query<Division[]>(`SELECT ${columns} FROM division WHERE code = $1`, [code]);
    return row;
  }
}
