import type { Tx } from '@credit/platform';
import type { PlainDate } from '@credit/policy';

export interface Candidate {
  readonly subjectId: string;
  readonly villageCode: string;
  readonly groupCode: string;
  readonly grade: string;
  readonly lastDay: PlainDate;
}

export interface SupportCandidate extends Candidate {
  readonly recordedOn: PlainDate;
}

const columns = `r.subject_id AS "subjectId", r.village_code AS "villageCode", r.group_code AS "groupCode", r.grade, r.last_day AS "lastDay"`;

/** 人选和帮扶对象, computed on reading from what is valid today. */
export class CandidateStore {
  constructor(private readonly tx: Tx) {}

  /** Households with a valid certificate of the grade that nobody has proposed to change. */
  leaders(scopes: readonly string[], grade: string, after: string | null, limit: number): Promise<Candidate[]> {
    return this.tx.manager.query(
      `SELECT ${columns} FROM rating r WHERE r.state = 'certified' AND r.subject_kind = 'household' AND r.grade = $2 AND r.last_day >= $3 AND r.village_code LIKE ANY($1)
         AND NOT EXISTS (SELECT 1 FROM regrade g WHERE g.subject_id = r.subject_id AND g.outcome IS NULL) AND ($4::uuid IS NULL OR r.subject_id > $4::uuid)
       ORDER BY r.subject_id LIMIT $5`,
      [scopes.map((scope) => `${scope}%`), grade, this.tx.today, after, limit],
    );
  }

  /** Of these households, those rated below A today that said they are willing. */
  support(villageCode: string, subjectIds: readonly string[], after: string | null, limit: number): Promise<SupportCandidate[]> {
    return this.tx.manager.query(
      `SELECT ${columns}, w.recorded_on AS "recordedOn" FROM rating r JOIN support_wish w ON w.subject_id = r.subject_id AND w.willing
       WHERE r.state = 'certified' AND NOT r.credit_subject AND r.last_day >= $3 AND r.village_code = $1 AND r.subject_id = ANY($2) AND ($4::uuid IS NULL OR r.subject_id > $4::uuid)
       ORDER BY r.subject_id LIMIT $5`,
      [villageCode, subjectIds, this.tx.today, after, limit],
    );
  }

  async wish(subjectId: string, villageCode: string, willing: boolean, scanSha256: string | null): Promise<void> {
    await this.tx.manager.query(
      `INSERT INTO support_wish (subject_id, village_code, willing, scan_sha256, recorded_by, recorded_on) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (subject_id) DO UPDATE SET village_code = EXCLUDED.village_code, willing = EXCLUDED.willing, scan_sha256 = EXCLUDED.scan_sha256, recorded_by = EXCLUDED.recorded_by, recorded_on = EXCLUDED.recorded_on`,
      [subjectId, villageCode, willing, scanSha256, this.tx.actor.principal, this.tx.today],
    );
  }
}
