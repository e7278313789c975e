import { Problem, type SubjectKind } from '@credit/contracts';
import type { Tx } from '@credit/platform';
import type { PlainDate } from '@credit/policy';

export interface Subject {
  readonly subjectId: string;
  readonly kind: SubjectKind;
  readonly subjectNo: string;
  readonly villageCode: string;
  readonly groupCode: string;
  readonly registeredName: string | null;
  readonly excludedReason: string | null;
}

export interface Member {
  readonly memberId: string;
  readonly householdId: string;
  readonly name: Buffer;
  readonly residentId: Buffer;
  readonly residentHash: string;
  readonly phone: Buffer | null;
  readonly relation: string;
  readonly head: boolean;
  readonly adultFrom: PlainDate;
}

const columns = 'subject_id AS "subjectId", kind, subject_no AS "subjectNo", village_code AS "villageCode", group_code AS "groupCode", registered_name AS "registeredName", excluded_reason AS "excludedReason"';
const memberColumns = 'member_id AS "memberId", household_id AS "householdId", name, resident_id AS "residentId", resident_hash AS "residentHash", phone, relation, head, adult_from AS "adultFrom"';
const hex = (bytes: Buffer | null): string | null => (bytes ? `\\x${bytes.toString('hex')}` : null);

/** 信用主体与家庭成员 */
export class SubjectStore {
  constructor(private readonly tx: Tx) {}

  /** By the present number, or one that a household had before it moved; closed and erased ones are found by none. */
  async byNumbers(numbers: readonly string[]): Promise<Map<string, Subject>> {
    const rows = await this.tx.manager.query<(Subject & { asked: string })[]>(
      `SELECT ${columns}, subject_no AS asked FROM subject WHERE subject_no = ANY($1) AND closed_on IS NULL AND erased_on IS NULL
       UNION ALL SELECT ${columns}, asked FROM subject JOIN (SELECT subject_id, subject_no AS asked FROM former_number WHERE subject_no = ANY($1)) f USING (subject_id)
         WHERE closed_on IS NULL AND erased_on IS NULL`,
      [numbers],
    );
    return new Map(rows.map(({ asked, ...row }) => [asked, row]));
  }

  async byIds(subjectIds: readonly string[]): Promise<Map<string, Subject>> {
    const rows = await this.tx.manager.query<Subject[]>(`SELECT ${columns} FROM subject WHERE subject_id = ANY($1)`, [subjectIds]);
    return new Map(rows.map((row) => [row.subjectId, row]));
  }

  async byId(subjectId: string): Promise<Subject> {
    const found = (await this.byIds([subjectId])).get(subjectId);
    if (!found) throw new Problem('not-found', { subjectId });
    return found;
  }

  page(scopes: readonly string[], kind: SubjectKind, under: string, after: string | null, limit: number): Promise<Subject[]> {
    return this.tx.manager.query(
      `SELECT ${columns} FROM subject WHERE kind = $1 AND erased_on IS NULL AND closed_on IS NULL AND group_code LIKE $2 || '%' AND ($3::text IS NULL OR subject_no > $3)
         AND EXISTS (SELECT 1 FROM unnest($4::text[]) AS scope WHERE group_code LIKE scope || '%') ORDER BY subject_no LIMIT $5`,
      [kind, under, after, scopes, limit],
    );
  }

  async insertAll(subjects: readonly (Omit<Subject, 'excludedReason'> & { address: Buffer | null })[]): Promise<void> {
    await this.tx.manager.query(
      `INSERT INTO subject (subject_id, kind, subject_no, village_code, group_code, registered_name, address)
       SELECT "subjectId", kind, "subjectNo", "villageCode", "groupCode", "registeredName", address FROM jsonb_to_recordset($1::jsonb)
         AS r("subjectId" uuid, kind text, "subjectNo" text, "villageCode" text, "groupCode" text, "registeredName" text, address bytea)`,
      [JSON.stringify(subjects.map((subject) => ({ ...subject, address: hex(subject.address) })))],
    );
  }

  async insertMembers(members: readonly (Member & { tailHash: string })[]): Promise<void> {
    await this.tx.manager.query(
      `INSERT INTO member (member_id, household_id, name, resident_id, resident_hash, tail_hash, phone, relation, head, adult_from, from_on)
       SELECT "memberId", "householdId", name, "residentId", "residentHash", "tailHash", phone, relation, head, "adultFrom", $2 FROM jsonb_to_recordset($1::jsonb)
         AS r("memberId" uuid, "householdId" uuid, name bytea, "residentId" bytea, "residentHash" text, "tailHash" text, phone bytea, relation text, head boolean, "adultFrom" date)`,
      [JSON.stringify(members.map((member) => ({ ...member, name: hex(member.name), residentId: hex(member.residentId), phone: hex(member.phone) }))), this.tx.today],
    );
    await this.tx.manager.query('INSERT INTO search_due SELECT DISTINCT unnest($1::uuid[]) ON CONFLICT DO NOTHING', [members.map(({ householdId }) => householdId)]);
  }

  /** Present members by the keyed hash of their ID number. */
  async membersByHash(hashes: readonly string[]): Promise<Map<string, Member>> {
    const rows = await this.tx.manager.query<Member[]>(`SELECT ${memberColumns} FROM member WHERE resident_hash = ANY($1) AND to_on IS NULL`, [hashes]);
    return new Map(rows.map((row) => [row.residentHash, row]));
  }

  /** Where people are registered today, by the keyed hash of their ID number; nothing about them. */
  async homesOf(hashes: readonly string[]): Promise<Map<string, { memberId: string; householdId: string }>> {
    const rows = await this.tx.manager.query<{ hash: string; memberId: string; householdId: string }[]>(
      'SELECT resident_hash AS hash, member_id AS "memberId", household_id AS "householdId" FROM member WHERE resident_hash = ANY($1) AND to_on IS NULL',
      [hashes],
    );
    return new Map(rows.map(({ hash, ...home }) => [hash, home]));
  }

  membersOf(householdIds: readonly string[]): Promise<Member[]> {
    return this.tx.manager.query(`SELECT ${memberColumns} FROM member WHERE household_id = ANY($1) AND to_on IS NULL ORDER BY household_id, head DESC, member_id`, [householdIds]);
  }

  /** 户主 today; of a closed household the one who was it last, so that old rounds and lists still name it. */
  headsOf(householdIds: readonly string[]): Promise<Pick<Member, 'memberId' | 'householdId' | 'name'>[]> {
    return this.tx.manager.query(
      `SELECT DISTINCT ON (s.household_id) s.household_id AS "householdId", member_id AS "memberId", m.name FROM membership s JOIN member m USING (member_id)
       WHERE s.household_id = ANY($1) AND s.head ORDER BY s.household_id, s.to_on DESC NULLS FIRST, s.from_on DESC`,
      [householdIds],
    );
  }

  async adultByTail(householdId: string, tailHash: string): Promise<Member | undefined> {
    const [row] = await this.tx.manager.query<Member[]>(`SELECT ${memberColumns} FROM member WHERE household_id = $1 AND tail_hash = $2 AND to_on IS NULL AND adult_from <= $3`, [householdId, tailHash, this.tx.today]);
    return row;
  }

  async exclude(subjectId: string, reason: string | null): Promise<void> {
    await this.tx.manager.query('UPDATE subject SET excluded_reason = $2 WHERE subject_id = $1', [subjectId, reason]);
  }

  /** 农户名册 of a division: numbers, adults, whether a file is verified; no names. */
  register(under: string): Promise<{ householdId: string; householdNo: string; groupCode: string; adults: number; filed: boolean }[]> {
    return this.tx.manager.query(
      `SELECT s.subject_id AS "householdId", s.subject_no AS "householdNo", s.group_code AS "groupCode",
         (SELECT count(*)::int FROM member m WHERE m.household_id = s.subject_id AND m.to_on IS NULL AND m.adult_from <= $2) AS adults,
         EXISTS (SELECT 1 FROM credit_file f WHERE f.subject_id = s.subject_id AND f.state = 'verified') AS filed
       FROM subject s WHERE s.kind = 'household' AND s.erased_on IS NULL AND s.closed_on IS NULL AND s.group_code LIKE $1 || '%' ORDER BY s.subject_no`,
      [under, this.tx.today],
    );
  }
}
