import type { PersonalSeal, Tx } from '@credit/platform';
import type { IndividualSheet, Mark } from '@credit/policy';

interface SealedSheet {
  readonly householdId: string;
  readonly memberId: string;
  readonly marks: Buffer;
}

export interface MemberProgress {
  readonly memberId: string;
  readonly households: number;
}

const place = (roundId: string, householdId: string, memberId: string) => ['individual_sheet', `${roundId}/${householdId}/${memberId}`, 'marks'] as const;

/** All SQL of individual sheets. What a member marked is sealed under the household's key and opened only to be counted, or for the member. */
export class IndividualSheetStore {
  constructor(private readonly tx: Tx) {}

  async put(roundId: string, memberId: string, rows: readonly { householdId: string; marks: readonly Mark[] }[], seals: ReadonlyMap<string, PersonalSeal>, scanSha256: string | null): Promise<void> {
    const sealed = rows.flatMap(({ householdId, marks }) => {
      const seal = seals.get(householdId);
      return seal ? [{ householdId, marks: `\\x${seal.seal(JSON.stringify(marks), place(roundId, householdId, memberId)).toString('hex')}` }] : [];
    });
    await this.tx.manager.query(
      `INSERT INTO individual_sheet (round_id, household_id, member_id, marks, scan_sha256, recorded_by, recorded_on)
       SELECT $1, "householdId", $2, marks, $3, $4, $5 FROM jsonb_to_recordset($6::jsonb) AS r("householdId" uuid, marks bytea)
       ON CONFLICT (round_id, household_id, member_id) DO UPDATE
         SET marks = EXCLUDED.marks, scan_sha256 = EXCLUDED.scan_sha256, recorded_by = EXCLUDED.recorded_by, recorded_on = EXCLUDED.recorded_on`,
      [roundId, memberId, scanSha256, this.tx.actor.principal, this.tx.today, JSON.stringify(sealed)],
    );
  }

  /** What was marked for these households, by household. */
  async of(roundId: string, householdIds: readonly string[], seals: ReadonlyMap<string, PersonalSeal>, memberIds: readonly string[] | null = null): Promise<Map<string, IndividualSheet[]>> {
    const rows = await this.tx.manager.query<SealedSheet[]>(
      `SELECT household_id AS "householdId", member_id AS "memberId", marks FROM individual_sheet
       WHERE round_id = $1 AND household_id = ANY($2) AND ($3::uuid[] IS NULL OR member_id = ANY($3)) ORDER BY household_id, member_id`,
      [roundId, householdIds, memberIds],
    );
    const sheets = new Map<string, IndividualSheet[]>();
    for (const { householdId, memberId, marks } of rows) {
      const seal = seals.get(householdId);
      if (!seal) continue;
      const opened = { memberId, marks: JSON.parse(seal.open(marks, place(roundId, householdId, memberId))) as Mark[] };
      sheets.set(householdId, [...(sheets.get(householdId) ?? []), opened]);
    }
    return sheets;
  }

  /** How many households of a group each member has marked. */
  progress(roundId: string, groupCode: string): Promise<MemberProgress[]> {
    return this.tx.manager.query(
      `SELECT s.member_id AS "memberId", count(*)::int AS households FROM individual_sheet s
       JOIN round_household h ON h.round_id = s.round_id AND h.household_id = s.household_id
       WHERE s.round_id = $1 AND h.group_code = $2 GROUP BY s.member_id ORDER BY s.member_id`,
      [roundId, groupCode],
    );
  }
}
