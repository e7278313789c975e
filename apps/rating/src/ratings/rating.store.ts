import type { SubjectKind } from '@credit/contracts';
import type { Tx } from '@credit/platform';
import type { PlainDate } from '@credit/policy';

export interface Rating {
  readonly ratingId: string;
  readonly runId: string;
  readonly resultId: string;
  readonly subjectId: string;
  readonly subjectKind: SubjectKind;
  readonly villageCode: string;
  readonly groupCode: string;
  readonly grade: string;
  readonly creditSubject: boolean;
  readonly state: 'proposed' | 'listed' | 'certified' | 'revoked' | 'superseded';
  readonly certificateNo: string | null;
  readonly certifiedOn: PlainDate | null;
  readonly lastDay: PlainDate | null;
}

const columns = `rating_id AS "ratingId", run_id AS "runId", result_id AS "resultId", subject_id AS "subjectId", subject_kind AS "subjectKind", village_code AS "villageCode", group_code AS "groupCode",
  grade, credit_subject AS "creditSubject", state, certificate_no AS "certificateNo", certified_on AS "certifiedOn", last_day AS "lastDay"`;

/** 评定 — ratings from proposal to certificate. */
export class RatingStore {
  constructor(private readonly tx: Tx) {}

  /** One proposal for every rated subject of a run; those of A and above are to be listed. */
  async proposeFromRun(runId: string): Promise<void> {
    await this.tx.manager.query(
      `INSERT INTO rating (rating_id, run_id, result_id, subject_id, subject_kind, village_code, group_code, grade, credit_subject, state)
       SELECT uuidv7(), run_id, result_id, subject_id, subject_kind, village_code, group_code, grade, credit_subject, 'proposed'
       FROM result WHERE run_id = $1 AND cause = 'run' AND status = 'rated' ON CONFLICT DO NOTHING`,
      [runId],
    );
  }

  /** Villages of the run that have somebody on the list. */
  async listedVillages(runId: string): Promise<string[]> {
    const rows = await this.tx.manager.query<{ code: string }[]>('SELECT DISTINCT village_code AS code FROM rating WHERE run_id = $1 AND credit_subject ORDER BY 1', [runId]);
    return rows.map((row) => row.code);
  }

  async ofVillage(runId: string, villageCode: string): Promise<Rating[]> {
    return this.tx.manager.query(`SELECT ${columns} FROM rating WHERE run_id = $1 AND village_code = $2 ORDER BY group_code, subject_id`, [runId, villageCode]);
  }

  async ofRun(runId: string): Promise<Rating[]> {
    return this.tx.manager.query(`SELECT ${columns} FROM rating WHERE run_id = $1 ORDER BY village_code, group_code, subject_id`, [runId]);
  }

  async markListed(runId: string, villageCode: string): Promise<void> {
    await this.tx.manager.query(`UPDATE rating SET state = 'listed' WHERE run_id = $1 AND village_code = $2 AND state = 'proposed'`, [runId, villageCode]);
  }

  async lockUncertified(runId: string, villageCode: string): Promise<Rating[]> {
    return this.tx.manager.query(`SELECT ${columns} FROM rating WHERE run_id = $1 AND village_code = $2 AND state IN ('proposed', 'listed') ORDER BY rating_id FOR UPDATE`, [runId, villageCode]);
  }

  async byId(ratingId: string): Promise<Rating | undefined> {
    const [row] = await this.tx.manager.query<Rating[]>(`SELECT ${columns} FROM rating WHERE rating_id = $1`, [ratingId]);
    return row;
  }

  async byCertificate(certificateNo: string): Promise<Rating | undefined> {
    const [row] = await this.tx.manager.query<Rating[]>(`SELECT ${columns} FROM rating WHERE certificate_no = $1`, [certificateNo]);
    return row;
  }

  /** 续评 — valid certificates of which the last day is not after the given one and that nothing newer follows, the earliest first. */
  async endingBy(scopes: readonly string[], by: PlainDate, after: string | null, limit: number): Promise<Rating[]> {
    return this.tx.manager.query(
      `SELECT ${columns} FROM rating r WHERE state = 'certified' AND last_day BETWEEN $2 AND $3 AND village_code LIKE ANY($1)
         AND NOT EXISTS (SELECT 1 FROM rating n WHERE n.subject_id = r.subject_id AND n.state IN ('proposed', 'listed'))
         AND ($4::text IS NULL OR last_day::text || rating_id::text > $4) ORDER BY last_day, rating_id LIMIT $5`,
      [scopes.map((scope) => `${scope}%`), this.tx.today, by, after, limit],
    );
  }

  /** Notes the reminder of each certificate that ends by the day and was not reminded of; answers those. */
  async noteRenewals(by: PlainDate): Promise<Rating[]> {
    return this.tx.manager.query(
      `WITH noted AS (
         INSERT INTO renewal_notice (rating_id, noticed_on) SELECT rating_id, $1 FROM rating WHERE state = 'certified' AND last_day BETWEEN $1 AND $2
         ON CONFLICT DO NOTHING RETURNING rating_id)
       SELECT ${columns} FROM rating WHERE rating_id IN (SELECT rating_id FROM noted) ORDER BY rating_id`,
      [this.tx.today, by],
    );
  }

  /** 等级分布 of the certificates valid today, by village and kind. */
  async statistics(scopes: readonly string[], under: string): Promise<{ villageCode: string; subjectKind: string; grade: string; count: number }[]> {
    return this.tx.manager.query(
      `SELECT village_code AS "villageCode", subject_kind AS "subjectKind", grade, count(*)::int AS count FROM rating
       WHERE state = 'certified' AND last_day >= $2 AND village_code LIKE ANY($1) AND village_code LIKE $3 GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
      [scopes.map((scope) => `${scope}%`), this.tx.today, `${under}%`],
    );
  }

  /** The uncertified rating of a subject in a run. */
  async lockOf(runId: string, subjectId: string): Promise<Rating | undefined> {
    const [row] = await this.tx.manager.query<Rating[]>(`SELECT ${columns} FROM rating WHERE run_id = $1 AND subject_id = $2 FOR UPDATE`, [runId, subjectId]);
    return row;
  }

  async replaceResult(ratingId: string, resultId: string, grade: string, creditSubject: boolean): Promise<void> {
    await this.tx.manager.query('UPDATE rating SET result_id = $2, grade = $3, credit_subject = $4 WHERE rating_id = $1', [ratingId, resultId, grade, creditSubject]);
  }

  /** Certifies several at once: numbers in order, what was certified before is superseded. */
  async certify(ratingIds: readonly string[], numbers: readonly string[], certifiedOn: PlainDate, lastDay: PlainDate): Promise<void> {
    await this.tx.manager.query(
      `UPDATE rating old SET state = 'superseded' FROM rating new
       WHERE new.rating_id = ANY($1) AND old.subject_id = new.subject_id AND old.state = 'certified' AND old.rating_id <> new.rating_id`,
      [ratingIds],
    );
    await this.tx.manager.query(
      `UPDATE rating SET state = 'certified', certificate_no = n.number, certified_on = $3, last_day = $4
       FROM unnest($1::uuid[], $2::text[]) AS n(rating_id, number) WHERE rating.rating_id = n.rating_id`,
      [ratingIds, numbers, certifiedOn, lastDay],
    );
  }

  /** Consecutive certificate numbers of a year. */
  async takeNumbers(year: number, count: number): Promise<number> {
    const [row] = await this.tx.manager.query<[{ last: number }]>(
      'INSERT INTO certificate_number (year, last) VALUES ($1, $2) ON CONFLICT (year) DO UPDATE SET last = certificate_number.last + EXCLUDED.last RETURNING last',
      [year, count],
    );
    return row.last - count;
  }

  /** What was certified last for each subject, valid or not. */
  async currentOf(subjectIds: readonly string[]): Promise<(Rating & { scorecardKind: string; scorecardVersion: number })[]> {
    return this.tx.manager.query(
      `SELECT DISTINCT ON (r."subjectId") r.*, s.kind AS "scorecardKind", s.version AS "scorecardVersion"
       FROM (SELECT ${columns} FROM rating WHERE subject_id = ANY($1) AND state IN ('certified', 'revoked')) r
       JOIN result ON result.result_id = r."resultId" JOIN scorecard s USING (scorecard_id)
       ORDER BY r."subjectId", r."certifiedOn" DESC`,
      [subjectIds],
    );
  }

  /** The days on which certificates end, as the alarms of this service. */
  async validityDays(): Promise<{ kind: string; key: string; version: number; lastDay: PlainDate }[]> {
    return this.tx.manager.query(`SELECT DISTINCT 'validity' AS kind, last_day::text AS key, 1 AS version, last_day AS "lastDay" FROM rating WHERE state = 'certified' ORDER BY 4`);
  }

  async historyOf(subjectIds: readonly string[]): Promise<Rating[]> {
    return this.tx.manager.query(`SELECT ${columns} FROM rating WHERE subject_id = ANY($1) ORDER BY subject_id, rating_id DESC`, [subjectIds]);
  }

  async noteRecheck(recheckId: string, subjectId: string, cause: string, causeId: string): Promise<void> {
    await this.tx.manager.query(
      `INSERT INTO recheck (recheck_id, subject_id, cause, cause_id, noted_on)
       SELECT $1, $2, $3, $4, $5 WHERE EXISTS (SELECT 1 FROM rating WHERE subject_id = $2 AND state IN ('proposed', 'listed', 'certified'))
       ON CONFLICT DO NOTHING`,
      [recheckId, subjectId, cause, causeId, this.tx.today],
    );
  }
}
