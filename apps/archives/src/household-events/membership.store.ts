import { Problem } from '@credit/contracts';
import type { Tx } from '@credit/platform';
import type { PlainDate } from '@credit/policy';
import type { Member, Subject } from '../subjects/subject.store';
import type { Belonging, Role } from './household-change';

const subjectColumns = `subject_id AS "subjectId", kind, subject_no AS "subjectNo", village_code AS "villageCode", group_code AS "groupCode", registered_name AS "registeredName",
  excluded_reason AS "excludedReason"`;

/** A person who moves in, with what is bound to the household sealed or hashed anew. */
export interface Joining extends Role {
  readonly householdId: string;
  readonly head: boolean;
  readonly tailHash: string;
}

const guards: ReadonlySet<unknown> = new Set(['membership_one_household', 'member_person']);

/** The database keeps one person out of two households on one day; nothing tells which the other one is. */
async function inOneHousehold<T>(write: Promise<T>): Promise<T> {
  try {
    return await write;
  } catch (error) {
    if (guards.has((error as { constraint?: unknown }).constraint)) throw new Problem('household-event.two-households');
    throw error;
  }
}

/** 户与成员的归属 */
export class MembershipStore {
  constructor(private readonly tx: Tx) {}

  /** Problems `not-found` and `household.closed`. */
  async lockHouseholds(householdIds: readonly string[]): Promise<Subject[]> {
    const rows = await this.tx.manager.query<(Subject & { closedOn: PlainDate | null })[]>(
      `SELECT ${subjectColumns}, closed_on AS "closedOn" FROM subject WHERE subject_id = ANY($1) AND kind = 'household' AND erased_on IS NULL ORDER BY subject_id FOR NO KEY UPDATE`,
      [householdIds],
    );
    if (rows.length !== new Set(householdIds).size) throw new Problem('not-found', { households: householdIds.length });
    const closed = rows.find(({ closedOn }) => closedOn !== null);
    if (closed) throw new Problem('household.closed', { closedOn: closed.closedOn });
    return rows;
  }

  lockMembers(householdIds: readonly string[]): Promise<(Belonging & Pick<Member, 'residentId'>)[]> {
    return this.tx.manager.query(
      `SELECT member_id AS "memberId", household_id AS "householdId", head, from_on AS "fromOn", resident_id AS "residentId" FROM member WHERE household_id = ANY($1) AND to_on IS NULL
       ORDER BY member_id FOR UPDATE`,
      [householdIds],
    );
  }

  async insertMember(member: Member & { tailHash: string }, fromOn: PlainDate): Promise<void> {
    const { memberId, householdId, name, residentId, residentHash, tailHash, phone, relation, head, adultFrom } = member;
    await inOneHousehold(
      this.tx.manager.query(
        `INSERT INTO member (member_id, household_id, name, resident_id, resident_hash, tail_hash, phone, relation, head, adult_from, from_on) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
        [memberId, householdId, name, residentId, residentHash, tailHash, phone, relation, head, adultFrom, fromOn],
      ),
    );
  }

  async leave(memberIds: readonly string[], on: PlainDate): Promise<void> {
    await this.tx.manager.query('UPDATE member SET to_on = $2 WHERE member_id = ANY($1)', [memberIds, on]);
  }

  async join(joining: readonly Joining[], on: PlainDate): Promise<void> {
    await inOneHousehold(
      this.tx.manager.query(
        `UPDATE member m SET household_id = j."householdId", relation = j.relation, head = j.head, tail_hash = j."tailHash", from_on = $2
         FROM jsonb_to_recordset($1::jsonb) AS j("memberId" uuid, "householdId" uuid, relation text, head boolean, "tailHash" text) WHERE m.member_id = j."memberId"`,
        [JSON.stringify(joining), on],
      ),
    );
  }

  /** Whoever is no longer head steps back before another becomes it: a household never has two. */
  async setRoles(roles: readonly Role[], head: string): Promise<void> {
    const set = `UPDATE member m SET relation = r.relation, head = r.relation = $2 FROM jsonb_to_recordset($1::jsonb) AS r("memberId" uuid, relation text) WHERE m.member_id = r."memberId"`;
    await this.tx.manager.query(set, [JSON.stringify(roles.filter(({ relation }) => relation !== head)), head]);
    await this.tx.manager.query(set, [JSON.stringify(roles.filter(({ relation }) => relation === head)), head]);
  }

  async endConsents(memberIds: readonly string[]): Promise<void> {
    await this.tx.manager.query('UPDATE consent SET revoked_on = $2 WHERE member_id = ANY($1) AND revoked_on IS NULL', [memberIds, this.tx.today]);
  }

  /** 销户: nobody calls there any more. */
  async close(householdIds: readonly string[], on: PlainDate): Promise<void> {
    await this.tx.manager.query('UPDATE subject SET closed_on = $2 WHERE subject_id = ANY($1)', [householdIds, on]);
    await this.tx.manager.query(`UPDATE collection_task SET state = 'missed', missed_reason = 'moved', closed_on = $2 WHERE household_id = ANY($1) AND state = 'open'`, [householdIds, this.tx.today]);
  }

  /** 下一个户编号 of a group; numbers once given are never given again. Problem `household-event.group-full`. */
  async nextNumber(groupCode: string): Promise<string> {
    const { manager } = this.tx;
    await manager.query(`SELECT pg_advisory_xact_lock(hashtext('household-number'), hashtext($1))`, [groupCode]);
    const [row] = await manager.query<[{ last: number }]>(
      `SELECT coalesce(max(right(subject_no, 4)::int), 0) AS last FROM (SELECT subject_no FROM subject UNION ALL SELECT subject_no FROM former_number) n WHERE subject_no LIKE 'H' || $1 || '%'`,
      [groupCode],
    );
    if (row.last >= 9999) throw new Problem('household-event.group-full', { groupCode });
    return `H${groupCode}${String(row.last + 1).padStart(4, '0')}`;
  }

  async rehome(household: Subject, groupCode: string, subjectNo: string, address: Buffer | null, on: PlainDate): Promise<void> {
    await this.tx.manager.query('INSERT INTO former_number (subject_no, subject_id, until_on) VALUES ($1, $2, $3)', [household.subjectNo, household.subjectId, on]);
    await this.tx.manager.query('UPDATE subject SET subject_no = $2, group_code = $3, village_code = left($3, 12), address = $4 WHERE subject_id = $1', [household.subjectId, subjectNo, groupCode, address]);
  }

  /** Files that follow their households into a further version; those to be collected again go back to the collector. */
  async nextFileVersion(householdIds: readonly string[], recollect: string | null): Promise<void> {
    await this.tx.manager.query(
      recollect === null
        ? `UPDATE credit_file SET version = version + 1 WHERE subject_id = ANY($1)`
        : `UPDATE credit_file SET version = version + 1, state = 'returned', verified_by = NULL, verified_on = NULL, note = $2 WHERE subject_id = ANY($1)`,
      recollect === null ? [householdIds] : [householdIds, recollect],
    );
  }

  /** Search words and likenesses hold the village and the number. */
  async indexAgain(householdIds: readonly string[]): Promise<void> {
    for (const due of ['search_due', 'likeness_due']) await this.tx.manager.query(`INSERT INTO ${due} SELECT unnest($1::uuid[]) ON CONFLICT DO NOTHING`, [householdIds]);
  }

  async closedOn(householdId: string): Promise<PlainDate | null> {
    const [row] = await this.tx.manager.query<{ closedOn: PlainDate | null }[]>('SELECT closed_on AS "closedOn" FROM subject WHERE subject_id = $1', [householdId]);
    return row?.closedOn ?? null;
  }

  async formerNumbers(householdIds: readonly string[]): Promise<{ householdId: string; subjectNo: string; untilOn: PlainDate }[]> {
    return this.tx.manager.query('SELECT subject_id AS "householdId", subject_no AS "subjectNo", until_on AS "untilOn" FROM former_number WHERE subject_id = ANY($1) ORDER BY until_on, subject_no', [householdIds]);
  }

  /** 截至某日的成员 — everybody who belonged to the household on that day. */
  membersOn(householdId: string, on: PlainDate): Promise<(Pick<Member, 'memberId' | 'name' | 'relation' | 'head'> & { fromOn: PlainDate; toOn: PlainDate | null })[]> {
    return this.tx.manager.query(
      `SELECT member_id AS "memberId", m.name, s.relation, s.head, s.from_on AS "fromOn", s.to_on AS "toOn" FROM membership s JOIN member m USING (member_id)
       WHERE s.household_id = $1 AND s.from_on <= $2 AND (s.to_on IS NULL OR s.to_on > $2) ORDER BY s.head DESC, member_id`,
      [householdId, on],
    );
  }
}
