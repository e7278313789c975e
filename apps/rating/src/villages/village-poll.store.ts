import { Problem } from '@credit/contracts';
import type { Tx } from '@credit/platform';
import type { PlainDate } from '@credit/policy';

/** 应到人数 by kind of voter. */
export type Electorate = Readonly<Record<string, number>>;

export interface VillagePoll {
  readonly applicationId: string;
  readonly electorate: Electorate;
  readonly rollSha256: string;
  readonly openedOn: PlainDate;
  readonly closedBy: string | null;
  readonly closedOn: PlainDate | null;
  readonly scanSha256: string | null;
}

/** 参加测评的一人 by the number on the paper roll: no name is kept. */
export interface RollEntry {
  readonly kind: string;
  readonly rollNo: number;
}

const columns = `application_id AS "applicationId", electorate, roll_sha256 AS "rollSha256", opened_on AS "openedOn", closed_by AS "closedBy", closed_on AS "closedOn", scan_sha256 AS "scanSha256"`;

/** All SQL of polls. Ballots say who took part, the tally what was answered; nothing joins the two. */
export class VillagePollStore {
  constructor(private readonly tx: Tx) {}

  async open(applicationId: string, electorate: Electorate, rollSha256: string): Promise<void> {
    const added = await this.tx.manager.query<unknown[]>(
      'INSERT INTO village_poll (application_id, electorate, roll_sha256, opened_by, opened_on) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING RETURNING 1',
      [applicationId, JSON.stringify(electorate), rollSha256, this.tx.actor.principal, this.tx.today],
    );
    if (added.length === 0) throw new Problem('village.poll-opened', { applicationId });
  }

  async find(applicationId: string): Promise<VillagePoll | undefined> {
    const [row] = await this.tx.manager.query<VillagePoll[]>(`SELECT ${columns} FROM village_poll WHERE application_id = $1`, [applicationId]);
    return row;
  }

  /** Problem `village.poll-not-open` before it was opened and after it was closed. */
  async lockOpen(applicationId: string): Promise<VillagePoll> {
    const [row] = await this.tx.manager.query<VillagePoll[]>(`SELECT ${columns} FROM village_poll WHERE application_id = $1 AND closed_on IS NULL FOR UPDATE`, [applicationId]);
    if (!row) throw new Problem('village.poll-not-open', { applicationId });
    return row;
  }

  /** Those of them who took part before. */
  async known(applicationId: string, entries: readonly RollEntry[]): Promise<RollEntry[]> {
    return this.tx.manager.query(
      `SELECT voter_kind AS kind, roll_no AS "rollNo" FROM village_ballot
       WHERE application_id = $1 AND (voter_kind, roll_no) IN (SELECT kind, "rollNo" FROM jsonb_to_recordset($2::jsonb) AS r(kind text, "rollNo" int)) ORDER BY 1, 2`,
      [applicationId, JSON.stringify(entries)],
    );
  }

  async record(applicationId: string, way: string, entries: readonly RollEntry[], answers: Readonly<Record<string, number>>): Promise<void> {
    await this.tx.manager.query(
      `INSERT INTO village_ballot (application_id, voter_kind, roll_no, way, taken_on) SELECT $1, kind, "rollNo", $2, $3 FROM jsonb_to_recordset($4::jsonb) AS r(kind text, "rollNo" int)`,
      [applicationId, way, this.tx.today, JSON.stringify(entries)],
    );
    await this.tx.manager.query(
      `INSERT INTO village_poll_tally (application_id, answer, number) SELECT $1, key, value::int FROM jsonb_each_text($2::jsonb) ORDER BY key
       ON CONFLICT (application_id, answer) DO UPDATE SET number = village_poll_tally.number + EXCLUDED.number`,
      [applicationId, JSON.stringify(answers)],
    );
  }

  async takenPart(applicationId: string): Promise<Electorate> {
    const rows = await this.tx.manager.query<{ kind: string; number: number }[]>('SELECT voter_kind AS kind, count(*)::int AS number FROM village_ballot WHERE application_id = $1 GROUP BY 1', [applicationId]);
    return Object.fromEntries(rows.map(({ kind, number }) => [kind, number]));
  }

  async tally(applicationId: string): Promise<Electorate> {
    const rows = await this.tx.manager.query<{ answer: string; number: number }[]>('SELECT answer, number FROM village_poll_tally WHERE application_id = $1', [applicationId]);
    return Object.fromEntries(rows.map(({ answer, number }) => [answer, number]));
  }

  async close(applicationId: string, scanSha256: string): Promise<void> {
    await this.tx.manager.query('UPDATE village_poll SET closed_by = $2, closed_on = $3, scan_sha256 = $4 WHERE application_id = $1', [applicationId, this.tx.actor.principal, this.tx.today, scanSha256]);
  }
}
