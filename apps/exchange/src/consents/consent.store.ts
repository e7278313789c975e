import { Problem } from '@credit/contracts';
import type { Tx } from '@credit/platform';
import { In } from 'typeorm';
import { ConsentRow } from './consent.row';

/** All SQL of consents. */
export class ConsentStore {
  constructor(private readonly tx: Tx) {}

  async insert(row: ConsentRow): Promise<void> {
    await this.tx.manager.insert(ConsentRow, row);
  }

  async lock(id: string): Promise<ConsentRow> {
    const row = await this.tx.manager.findOne(ConsentRow, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!row) throw new Problem('not-found', { consentId: id });
    return row;
  }

  /** Takes back everything this person has given this client for this purpose, so that no second record keeps it alive. */
  async revoke(consent: ConsentRow, revokedBy: string): Promise<void> {
    await this.tx.manager.query(
      `UPDATE consent SET revoked_by = $5, revoked_at = $6
       WHERE subject_id = $1 AND member_id IS NOT DISTINCT FROM $2 AND client_id = $3 AND purpose = $4 AND revoked_at IS NULL`,
      [consent.subjectId, consent.memberId, consent.clientId, consent.purpose, revokedBy, this.tx.now],
    );
  }

  /**
   * Consents of these subjects to one client for one purpose, kept from being revoked until this work is done: a look-up
   * and a revocation are always one before the other.
   */
  hold(subjectIds: readonly string[], clientId: string, purpose: string): Promise<ConsentRow[]> {
    return this.tx.manager.find(ConsentRow, {
      where: { subjectId: In([...subjectIds]), clientId, purpose },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_read' },
    });
  }

  ofSubjects(subjectIds: readonly string[]): Promise<ConsentRow[]> {
    return this.tx.manager.find(ConsentRow, { where: { subjectId: In([...subjectIds]) }, order: { id: 'DESC' } });
  }

  /** 仍有效的同一授权 — still running on the first day of a new one. */
  async running(key: Pick<ConsentRow, 'subjectId' | 'memberId' | 'clientId' | 'purpose'>, on: string): Promise<boolean> {
    const [row] = await this.tx.manager.query<[{ found: boolean }]>(
      `SELECT EXISTS (SELECT 1 FROM consent WHERE subject_id = $1 AND member_id IS NOT DISTINCT FROM $2 AND client_id = $3 AND purpose = $4
         AND revoked_at IS NULL AND from_on <= $5 AND last_day >= $5) AS found`,
      [key.subjectId, key.memberId, key.clientId, key.purpose, on],
    );
    return row.found;
  }
}
