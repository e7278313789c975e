import type { Tx } from '@credit/platform';

/** All SQL of what was told about final scores. */
export class FinalNoticeStore {
  constructor(private readonly tx: Tx) {}

  /** Notes these versions as told; answers the households not told before. */
  async note(roundId: string, scores: readonly { householdId: string; version: number }[]): Promise<string[]> {
    const rows = await this.tx.manager.query<{ id: string }[]>(
      `INSERT INTO final_notice (round_id, household_id, version, noticed_on)
       SELECT $1, "householdId", version, $2 FROM jsonb_to_recordset($3::jsonb) AS r("householdId" uuid, version integer)
       ON CONFLICT DO NOTHING RETURNING household_id AS id`,
      [roundId, this.tx.today, JSON.stringify(scores)],
    );
    return rows.map(({ id }) => id);
  }
}
