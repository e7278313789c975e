import type { Tx } from '@credit/platform';
import type { PlainDate } from '@credit/policy';

export type ScoreCause = 'group' | 'deliberation' | 'reconsideration' | 'correction';

/** 评议得分的一个版本 */
export interface ScoreVersion {
  readonly roundId: string;
  readonly householdId: string;
  readonly version: number;
  readonly hundredths: number;
  readonly vetoed: boolean;
  readonly cause: ScoreCause;
  readonly sheetId: string | null;
  readonly objectionId: string | null;
  readonly correctionId: string | null;
  readonly reason: Buffer | null;
  readonly setOn: PlainDate;
}

export type NewScore = Pick<ScoreVersion, 'roundId' | 'householdId' | 'hundredths' | 'vetoed' | 'cause' | 'sheetId' | 'objectionId' | 'correctionId' | 'reason'>;

/** What stands for a household: the latest version beside the first. */
export interface PresentScore {
  readonly householdId: string;
  readonly groupCode: string;
  readonly hundredths: number;
  readonly vetoed: boolean;
  readonly version: number;
  readonly firstHundredths: number;
  readonly cause: ScoreCause;
  readonly objectionId: string | null;
  readonly correctionId: string | null;
  /** Answers that are in it, the latest and those before. */
  readonly appliedObjectionIds: readonly string[];
}

const columns = `s.round_id AS "roundId", s.household_id AS "householdId", s.version, s.hundredths, s.vetoed, s.cause, s.sheet_id AS "sheetId", s.objection_id AS "objectionId", s.correction_id AS "correctionId", s.reason, s.set_on AS "setOn"`;
const present = `SELECT DISTINCT ON (s.household_id) s.household_id AS "householdId", h.group_code AS "groupCode", s.hundredths, s.vetoed, s.version,
    f.hundredths AS "firstHundredths", s.cause, s.objection_id AS "objectionId", s.correction_id AS "correctionId",
    ARRAY(SELECT a.objection_id FROM score a WHERE a.round_id = s.round_id AND a.household_id = s.household_id AND a.objection_id IS NOT NULL) AS "appliedObjectionIds"
  FROM score s
  JOIN score f ON f.round_id = s.round_id AND f.household_id = s.household_id AND f.version = 1
  JOIN round_household h ON h.round_id = s.round_id AND h.household_id = s.household_id`;

/** All SQL of scores. A version is never changed; callers hold the round's lock. */
export class ScoreStore {
  constructor(private readonly tx: Tx) {}

  /** 初评得分 — version 1 of every household on a confirmed table. */
  async addFirst(roundId: string, tableId: string): Promise<void> {
    await this.tx.manager.query(
      `INSERT INTO score (round_id, household_id, version, hundredths, vetoed, cause, sheet_id, set_by, set_on)
       SELECT $1, household_id, 1, hundredths, vetoed, 'group', id, $3, $4 FROM sheet WHERE table_id = $2`,
      [roundId, tableId, this.tx.actor.principal, this.tx.today],
    );
  }

  /** The next version; undefined when the answer to this objection was applied before. */
  async add(score: NewScore): Promise<number | undefined> {
    const [row] = await this.tx.manager.query<{ version: number }[]>(
      `INSERT INTO score (round_id, household_id, version, hundredths, vetoed, cause, sheet_id, objection_id, correction_id, reason, set_by, set_on)
       SELECT $1, $2, max(version) + 1, $3, $4, $5, $6, $7, $8, $9, $10, $11 FROM score WHERE round_id = $1 AND household_id = $2 HAVING count(*) > 0
       ON CONFLICT (objection_id) WHERE objection_id IS NOT NULL DO NOTHING RETURNING version`,
      [score.roundId, score.householdId, score.hundredths, score.vetoed, score.cause, score.sheetId, score.objectionId, score.correctionId, score.reason, this.tx.actor.principal, this.tx.today],
    );
    return row?.version;
  }

  async present(roundId: string, householdId: string): Promise<PresentScore | undefined> {
    const [row] = await this.tx.manager.query<PresentScore[]>(`${present} WHERE s.round_id = $1 AND s.household_id = $2 ORDER BY s.household_id, s.version DESC`, [roundId, householdId]);
    return row;
  }

  /** What stands for every household of a round, in the order of their ids. */
  presentOf(roundId: string): Promise<PresentScore[]> {
    return this.tx.manager.query(`${present} WHERE s.round_id = $1 ORDER BY s.household_id, s.version DESC`, [roundId]);
  }

  versions(roundIds: readonly string[], householdIds: readonly string[]): Promise<ScoreVersion[]> {
    return this.tx.manager.query(`SELECT ${columns} FROM score s WHERE s.round_id = ANY($1) AND s.household_id = ANY($2) ORDER BY s.round_id, s.household_id, s.version`, [roundIds, householdIds]);
  }

  /** 定格 — which version of each household was filed. */
  async freeze(roundId: string): Promise<void> {
    await this.tx.manager.query(
      `UPDATE round_household h SET filed_version = s.version
       FROM (SELECT household_id, max(version) AS version FROM score WHERE round_id = $1 GROUP BY household_id) s
       WHERE h.round_id = $1 AND h.household_id = s.household_id`,
      [roundId],
    );
  }

  /** The filed set as it is published: every household with the score it was filed with. */
  filed(roundId: string): Promise<{ householdId: string; groupCode: string; hundredths: number }[]> {
    return this.tx.manager.query(
      `SELECT h.household_id AS "householdId", h.group_code AS "groupCode", s.hundredths FROM round_household h
       JOIN score s ON s.round_id = h.round_id AND s.household_id = h.household_id AND s.version = h.filed_version
       WHERE h.round_id = $1 ORDER BY h.group_code, h.household_no`,
      [roundId],
    );
  }
}
