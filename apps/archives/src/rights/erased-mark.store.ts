import type { Tx } from '@credit/platform';

/** 删除标记 — who was erased, as keyed hashes. */
export class ErasedMarkStore {
  constructor(private readonly tx: Tx) {}

  async leave(erasureId: string, marks: readonly string[]): Promise<void> {
    await this.tx.manager.query('INSERT INTO erased_mark (mark, erasure_id) SELECT unnest($2::text[]), $1', [erasureId, marks]);
  }

  /** Of these, the ones that nobody has admitted again. */
  async standing(marks: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = await this.tx.manager.query<{ mark: string }[]>('SELECT mark FROM erased_mark WHERE mark = ANY($1) AND admitted_on IS NULL', [marks]);
    return new Set(rows.map(({ mark }) => mark));
  }

  /** How many marks of the erasure stood until now. */
  async admit(erasureId: string, consentSha256: string): Promise<number> {
    const [, count] = await this.tx.manager.query<[unknown, number]>(
      'UPDATE erased_mark SET admitted_by = $2, admitted_on = $3, consent_sha256 = $4 WHERE erasure_id = $1 AND admitted_on IS NULL',
      [erasureId, this.tx.actor.principal, this.tx.today, consentSha256],
    );
    return count;
  }
}
