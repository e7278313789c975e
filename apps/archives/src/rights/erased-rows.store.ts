import type { Tx } from '@credit/platform';
import type { Member } from '../subjects/subject.store';

/** 删除的内容 — what goes from the archives' own tables. */
export class ErasedRowsStore {
  constructor(private readonly tx: Tx) {}

  /** Everybody who belongs or belonged to the household. */
  everMembers(householdId: string): Promise<Pick<Member, 'memberId' | 'residentId'>[]> {
    return this.tx.manager.query('SELECT member_id AS "memberId", resident_id AS "residentId" FROM member WHERE household_id = $1 ORDER BY member_id FOR UPDATE', [householdId]);
  }

  /** Numbers from before the household moved. */
  async formerNumbers(householdId: string): Promise<string[]> {
    const rows = await this.tx.manager.query<{ no: string }[]>('SELECT subject_no AS no FROM former_number WHERE subject_id = $1', [householdId]);
    return rows.map(({ no }) => no);
  }

  /** The rows stay, because consents point at them; the person leaves them, and no hash leads back. */
  async emptyMembers(memberIds: readonly string[]): Promise<void> {
    await this.tx.manager.query(
      `UPDATE member SET name = '', resident_id = '', resident_hash = 'erased:' || member_id, tail_hash = 'erased:' || member_id, phone = NULL, to_on = coalesce(to_on, $2) WHERE member_id = ANY($1)`,
      [memberIds, this.tx.today],
    );
    await this.tx.manager.query('UPDATE consent SET revoked_on = $2 WHERE member_id = ANY($1) AND revoked_on IS NULL', [memberIds, this.tx.today]);
  }

  /** Tokens hold the whole household: what remains of it is indexed again. */
  async dropSearch(householdId: string, again: boolean): Promise<void> {
    await this.tx.manager.query('DELETE FROM search_token WHERE subject_id = $1', [householdId]);
    if (again) await this.tx.manager.query('INSERT INTO search_due VALUES ($1) ON CONFLICT DO NOTHING', [householdId]);
    else await this.tx.manager.query('DELETE FROM search_due WHERE subject_id = $1', [householdId]);
  }

  /** 保存期内停止使用 — kept, and taken into no rating. */
  async stopUse(householdId: string, excludedAs: string): Promise<void> {
    await this.tx.manager.query('UPDATE subject SET excluded_reason = coalesce(excluded_reason, $2) WHERE subject_id = $1', [householdId, excludedAs]);
  }

  /** The number is free again for whoever lives there next; the erased file keeps none. */
  async emptyHousehold(householdId: string, excludedAs: string): Promise<void> {
    await this.tx.manager.query(`UPDATE subject SET address = NULL, subject_no = 'erased:' || subject_id, excluded_reason = $2, erased_on = $3 WHERE subject_id = $1`, [householdId, excludedAs, this.tx.today]);
    await this.tx.manager.query('DELETE FROM former_number WHERE subject_id = $1', [householdId]);
    await this.tx.manager.query('SELECT empty_erased_values($1)', [householdId]);
    await this.tx.manager.query(`UPDATE credit_file SET state = 'erased', version = version + 1, assigned_to = NULL, note = NULL WHERE subject_id = $1`, [householdId]);
    await this.tx.manager.query(`DELETE FROM collection_task WHERE household_id = $1 AND state = 'open'`, [householdId]);
    await this.tx.manager.query('UPDATE collection_conflict SET value = $2 WHERE subject_id = $1', [householdId, Buffer.alloc(0)]);
  }
}
