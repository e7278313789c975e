import { newId, type Tx } from '@credit/platform';

export interface Broadcast {
  readonly publicationId: string;
  readonly divisionCode: string;
  readonly channel: string;
  readonly happenedOn: string;
  readonly recordedBy: string;
}

/** All SQL of broadcasts. */
export class BroadcastStore {
  constructor(private readonly tx: Tx) {}

  async record({ publicationId, divisionCode, channel, happenedOn, recordedBy }: Broadcast): Promise<void> {
    await this.tx.manager.query('INSERT INTO broadcast (id, publication_id, division_code, channel, happened_on, recorded_by) VALUES ($1, $2, $3, $4, $5, $6)', [
      newId(),
      publicationId,
      divisionCode,
      channel,
      happenedOn,
      recordedBy,
    ]);
  }

  of(publicationIds: readonly string[]): Promise<Omit<Broadcast, 'recordedBy'>[]> {
    return this.tx.manager.query(
      `SELECT publication_id AS "publicationId", division_code AS "divisionCode", channel, happened_on AS "happenedOn" FROM broadcast
       WHERE publication_id = ANY($1) ORDER BY happened_on, id`,
      [publicationIds],
    );
  }

  /** How many within reach of the broadcast have not been told yet. */
  async stillToTell(publicationId: string, divisionCode: string): Promise<number> {
    const [open] = await this.tx.manager.query<[{ count: number }]>(
      `SELECT count(*)::int AS count FROM notification WHERE publication_id = $1 AND state = 'open' AND coalesce(group_code, division_code) LIKE $2 || '%'`,
      [publicationId, divisionCode],
    );
    return open.count;
  }
}
