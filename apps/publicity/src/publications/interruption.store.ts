import { newId, type Tx } from '@credit/platform';

/** 公示中断 — a place that was missing, or a suspension; it ended on `untilOn`, the first day on which all hung again. */
export interface Interruption {
  readonly id: string;
  readonly publicationId: string;
  readonly kind: 'missing' | 'suspended';
  readonly placeId: string | null;
  /** 暂停原因, as a code. */
  readonly reason: string | null;
  /** 说明 — sealed under the publication's own key. */
  readonly note: Buffer | null;
  readonly fromOn: string;
  readonly untilOn: string | null;
}

const columns = `id, publication_id AS "publicationId", kind, place_id AS "placeId", reason, note, from_on AS "fromOn", until_on AS "untilOn"`;

/** All SQL of interruptions. */
export class InterruptionStore {
  constructor(private readonly tx: Tx) {}

  async missing(publicationId: string, placeId: string, fromOn: string, untilOn: string): Promise<void> {
    await this.record({ id: newId(), publicationId, kind: 'missing', placeId, reason: null, note: null, fromOn, untilOn });
  }

  async record(one: Interruption): Promise<void> {
    await this.tx.manager.query(
      `INSERT INTO publication_interruption (id, publication_id, kind, place_id, reason, note, from_on, until_on, recorded_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [one.id, one.publicationId, one.kind, one.placeId, one.reason, one.note, one.fromOn, one.untilOn, this.tx.actor.principal],
    );
  }

  /** A suspension ends by resuming or by withdrawing. */
  async endSuspension(publicationId: string): Promise<void> {
    await this.tx.manager.query(`UPDATE publication_interruption SET until_on = $2 WHERE publication_id = $1 AND kind = 'suspended' AND until_on IS NULL`, [publicationId, this.tx.today]);
  }

  of(publicationIds: readonly string[]): Promise<Interruption[]> {
    return this.tx.manager.query(`SELECT ${columns} FROM publication_interruption WHERE publication_id = ANY($1) ORDER BY from_on, id`, [publicationIds]);
  }
}
