import type { Tx } from '@credit/platform';
import type { PlainDate } from '@credit/policy';

/** 答复 of the village to a finding; sent back when it answers nothing. */
export interface Answer {
  readonly id: string;
  readonly findingId: string;
  readonly answer: Buffer;
  readonly answeredOn: PlainDate;
  readonly returnReason: Buffer | null;
  readonly returnedOn: PlainDate | null;
}

/** All SQL of answers. Callers hold the finding's lock. */
export class AnswerStore {
  constructor(private readonly tx: Tx) {}

  async insert({ id, findingId, answer }: Pick<Answer, 'id' | 'findingId' | 'answer'>): Promise<void> {
    await this.tx.manager.query('INSERT INTO finding_answer (id, finding_id, answer, answered_by, answered_on) VALUES ($1, $2, $3, $4, $5)', [id, findingId, answer, this.tx.actor.principal, this.tx.today]);
  }

  async standing(findingId: string): Promise<string | undefined> {
    const [row] = await this.tx.manager.query<{ id: string }[]>('SELECT id FROM finding_answer WHERE finding_id = $1 AND returned_on IS NULL', [findingId]);
    return row?.id;
  }

  async sendBack(id: string, reason: Buffer): Promise<void> {
    await this.tx.manager.query('UPDATE finding_answer SET return_reason = $2, returned_by = $3, returned_on = $4 WHERE id = $1', [id, reason, this.tx.actor.principal, this.tx.today]);
  }

  /** Every answer to these findings, the oldest first. */
  of(findingIds: readonly string[]): Promise<Answer[]> {
    return this.tx.manager.query(
      `SELECT id, finding_id AS "findingId", answer, answered_on AS "answeredOn", return_reason AS "returnReason", returned_on AS "returnedOn"
       FROM finding_answer WHERE finding_id = ANY($1) ORDER BY id`,
      [findingIds],
    );
  }
}
