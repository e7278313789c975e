import { Problem } from '@credit/contracts';
import type { Tx } from '@credit/platform';
import type { PlainDate } from '@credit/policy';
import type { Sheet } from './sheets';

export interface GroupTable {
  readonly id: string;
  readonly roundId: string;
  readonly groupCode: string;
  readonly bodyId: string;
  readonly state: 'typed' | 'replaced' | 'confirmed';
  readonly meetingOn: PlainDate;
  readonly chairMemberId: string;
  readonly present: readonly string[];
  readonly declaredAgain: boolean;
  readonly scanSha256: string | null;
  /** SHA-256 of what was typed: what the second person confirms is what was shown. */
  readonly digest: string;
  readonly typedBy: string;
  readonly typedOn: PlainDate;
  readonly confirmedOn: PlainDate | null;
}

export interface Session {
  readonly groupCode: string;
  readonly state: string;
  readonly meetingOn: PlainDate;
  readonly chairMemberId: string;
  readonly presentMemberIds: readonly string[];
  readonly households: number;
  readonly confirmedOn: PlainDate | null;
  readonly withdrawals: { readonly householdId: string; readonly memberIds: readonly string[] }[];
}

const columns = `id, round_id AS "roundId", group_code AS "groupCode", body_id AS "bodyId", state, meeting_on AS "meetingOn", chair_member_id AS "chairMemberId",
  present, declared_again AS "declaredAgain", scan_sha256 AS "scanSha256", digest, typed_by AS "typedBy", typed_on AS "typedOn", confirmed_on AS "confirmedOn"`;
const sheetColumns = `id, household_id AS "householdId", withdrawn, hundredths, positives_hundredths AS "positivesHundredths",
  negatives_hundredths AS "negativesHundredths", vetoed, lines, evidence`;

/** All SQL of group tables and the sheets on them. Whoever changes a table holds its round's lock. */
export class GroupTableStore {
  constructor(private readonly tx: Tx) {}

  async current(roundId: string, groupCode: string): Promise<GroupTable | undefined> {
    const [row] = await this.tx.manager.query<GroupTable[]>(`SELECT ${columns} FROM group_table WHERE round_id = $1 AND group_code = $2 AND state <> 'replaced'`, [roundId, groupCode]);
    return row;
  }

  async get(id: string): Promise<GroupTable> {
    const [row] = await this.tx.manager.query<GroupTable[]>(`SELECT ${columns} FROM group_table WHERE id = $1`, [id]);
    if (!row) throw new Problem('not-found', { tableId: id });
    return row;
  }

  async setAside(id: string): Promise<void> {
    await this.tx.manager.query(`UPDATE group_table SET state = 'replaced' WHERE id = $1`, [id]);
  }

  /** The table typed before this one for the same group, to show what was corrected. */
  async before(table: GroupTable): Promise<GroupTable | undefined> {
    const [row] = await this.tx.manager.query<GroupTable[]>(
      `SELECT ${columns} FROM group_table WHERE round_id = $1 AND group_code = $2 AND id < $3 ORDER BY id DESC LIMIT 1`,
      [table.roundId, table.groupCode, table.id],
    );
    return row;
  }

  async insert(table: Omit<GroupTable, 'state' | 'typedBy' | 'typedOn' | 'confirmedOn'>, sheets: readonly Sheet[]): Promise<void> {
    await this.tx.manager.query(
      `INSERT INTO group_table (id, round_id, group_code, body_id, state, meeting_on, chair_member_id, present, scan_sha256, digest, typed_by, typed_on, declared_again)
       VALUES ($1, $2, $3, $4, 'typed', $5, $6, $7, $8, $9, $10, $11, $12)`,
      [table.id, table.roundId, table.groupCode, table.bodyId, table.meetingOn, table.chairMemberId, table.present, table.scanSha256, table.digest, this.tx.actor.principal, this.tx.today, table.declaredAgain],
    );
    await this.insertSheets(table.roundId, table.id, sheets);
  }

  /** Sheets of a table, or of a deliberation (no table). */
  async insertSheets(roundId: string, tableId: string | null, sheets: readonly Sheet[]): Promise<void> {
    const rows = sheets.map((sheet) => ({ ...sheet, withdrawn: [...sheet.withdrawn], evidence: `\\x${sheet.evidence.toString('hex')}` }));
    await this.tx.manager.query(
      `INSERT INTO sheet (id, round_id, household_id, table_id, withdrawn, hundredths, positives_hundredths, negatives_hundredths, vetoed, lines, evidence)
       SELECT id, $1, "householdId", $2, withdrawn, hundredths, "positivesHundredths", "negativesHundredths", vetoed, lines, evidence
       FROM jsonb_to_recordset($3::jsonb) AS r(id uuid, "householdId" uuid, withdrawn uuid[], hundredths integer, "positivesHundredths" integer, "negativesHundredths" integer,
         vetoed boolean, lines jsonb, evidence bytea)`,
      [roundId, tableId, JSON.stringify(rows)],
    );
  }

  sheets(tableId: string): Promise<Sheet[]> {
    return this.tx.manager.query(`SELECT ${sheetColumns} FROM sheet WHERE table_id = $1 ORDER BY household_id`, [tableId]);
  }

  sheetsById(ids: readonly string[]): Promise<Sheet[]> {
    return this.tx.manager.query(`SELECT ${sheetColumns} FROM sheet WHERE id = ANY($1)`, [ids]);
  }

  /** 原评议人员 — accounts that were present when the group marked a household and did not withdraw from it. */
  async scorersOf(roundId: string, householdId: string): Promise<string[]> {
    const rows = await this.tx.manager.query<{ accountId: string }[]>(
      `SELECT DISTINCT m.account_id AS "accountId" FROM group_table t JOIN sheet s ON s.table_id = t.id JOIN member m ON m.id = ANY(t.present) AND m.account_id IS NOT NULL
       WHERE t.round_id = $1 AND t.state = 'confirmed' AND s.household_id = $2 AND NOT m.id = ANY(s.withdrawn)`,
      [roundId, householdId],
    );
    return rows.map(({ accountId }) => accountId);
  }

  /** The process without the marks: who was there, who withdrew where. */
  sessions(roundId: string): Promise<Session[]> {
    return this.tx.manager.query(
      `SELECT t.group_code AS "groupCode", t.state, t.meeting_on AS "meetingOn", t.chair_member_id AS "chairMemberId", t.present AS "presentMemberIds",
         count(s.id)::int AS households, t.confirmed_on AS "confirmedOn",
         coalesce(jsonb_agg(jsonb_build_object('householdId', s.household_id, 'memberIds', s.withdrawn)) FILTER (WHERE cardinality(s.withdrawn) > 0), '[]') AS withdrawals
       FROM group_table t JOIN sheet s ON s.table_id = t.id WHERE t.round_id = $1 AND t.state <> 'replaced' GROUP BY t.id ORDER BY t.group_code`,
      [roundId],
    );
  }

  async confirm(id: string): Promise<void> {
    await this.tx.manager.query(`UPDATE group_table SET state = 'confirmed', confirmed_by = $2, confirmed_on = $3 WHERE id = $1`, [id, this.tx.actor.principal, this.tx.today]);
  }
}
