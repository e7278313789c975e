import { Problem } from '@credit/contracts';
import type { Tx } from '@credit/platform';
import type { PlainDate } from '@credit/policy';

export interface ErasureRequest {
  readonly erasureId: string;
  readonly householdId: string;
  /** Null: the whole household. */
  readonly memberId: string | null;
  readonly villageCode: string;
  readonly requestedBy: string;
  readonly requestedOn: PlainDate;
  readonly answerDueOn: PlainDate;
  readonly outcome: 'erased' | 'refused' | null;
  readonly ground: string | null;
  readonly refusal: string | null;
  readonly retainedUntil: PlainDate | null;
  readonly decidedOn: PlainDate | null;
}

export type Decision = { readonly outcome: 'erased'; readonly ground: string } | { readonly outcome: 'refused'; readonly refusal: string; readonly retainedUntil: PlainDate | null };

interface Filter {
  readonly scopes: readonly string[];
  readonly under: string;
  readonly openOnly: boolean;
  readonly before: string | null;
  readonly limit: number;
}

const columns = `erasure_id AS "erasureId", household_id AS "householdId", member_id AS "memberId", village_code AS "villageCode", requested_by AS "requestedBy", requested_on AS "requestedOn",
  answer_due_on AS "answerDueOn", outcome, ground, refusal, retained_until AS "retainedUntil", decided_on AS "decidedOn"`;

/** 删除申请 */
export class ErasureStore {
  constructor(private readonly tx: Tx) {}

  /** False when the same is being asked for already. */
  async insert(request: Pick<ErasureRequest, 'erasureId' | 'householdId' | 'memberId' | 'villageCode' | 'answerDueOn'>, scanSha256: string | null): Promise<boolean> {
    const made = await this.tx.manager.query<unknown[]>(
      `INSERT INTO erasure_request (erasure_id, household_id, member_id, village_code, requested_by, requested_on, scan_sha256, answer_due_on)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (household_id, coalesce(member_id, household_id)) WHERE outcome IS NULL DO NOTHING RETURNING 1`,
      [request.erasureId, request.householdId, request.memberId, request.villageCode, this.tx.actor.principal, this.tx.today, scanSha256, request.answerDueOn],
    );
    return made.length > 0;
  }

  async lock(erasureId: string): Promise<ErasureRequest> {
    const [row] = await this.tx.manager.query<ErasureRequest[]>(`SELECT ${columns} FROM erasure_request WHERE erasure_id = $1 FOR UPDATE`, [erasureId]);
    if (!row) throw new Problem('not-found', { erasureId });
    return row;
  }

  /** The erasures carried out, without the ones named. */
  erasedBeyond(known: readonly string[]): Promise<ErasureRequest[]> {
    return this.tx.manager.query(`SELECT ${columns} FROM erasure_request WHERE outcome = 'erased' AND erasure_id <> ALL($1) ORDER BY erasure_id`, [known]);
  }

  /** An erasure from the register, locked: as it stands here, or put in as it was asked for. One that stands open here for the same people gives way. */
  async repeated(request: Pick<ErasureRequest, 'erasureId' | 'householdId' | 'memberId' | 'villageCode' | 'requestedBy' | 'requestedOn' | 'answerDueOn'>): Promise<ErasureRequest> {
    await this.tx.manager.query(
      'DELETE FROM erasure_request WHERE household_id = $1 AND coalesce(member_id, household_id) = coalesce($2, household_id) AND outcome IS NULL AND erasure_id <> $3',
      [request.householdId, request.memberId, request.erasureId],
    );
    await this.tx.manager.query(
      `INSERT INTO erasure_request (erasure_id, household_id, member_id, village_code, requested_by, requested_on, answer_due_on) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (erasure_id) DO NOTHING`,
      [request.erasureId, request.householdId, request.memberId, request.villageCode, request.requestedBy, request.requestedOn, request.answerDueOn],
    );
    return this.lock(request.erasureId);
  }

  async decide(erasureId: string, decision: Decision): Promise<void> {
    await this.tx.manager.query('UPDATE erasure_request SET outcome = $2, ground = $3, refusal = $4, retained_until = $5, decided_by = $6, decided_on = $7 WHERE erasure_id = $1', [
      erasureId,
      decision.outcome,
      decision.outcome === 'erased' ? decision.ground : null,
      decision.outcome === 'refused' ? decision.refusal : null,
      decision.outcome === 'refused' ? decision.retainedUntil : null,
      this.tx.actor.principal,
      this.tx.today,
    ]);
  }

  /** Newest first, within the divisions of the reader. */
  list({ scopes, under, openOnly, before, limit }: Filter): Promise<ErasureRequest[]> {
    return this.tx.manager.query(
      `SELECT ${columns} FROM erasure_request WHERE village_code LIKE ANY($1) AND village_code LIKE $2 AND (NOT $3 OR outcome IS NULL) AND ($4::uuid IS NULL OR erasure_id < $4)
       ORDER BY erasure_id DESC LIMIT $5`,
      [scopes.map((scope) => `${scope}%`), `${under}%`, openOnly, before, limit],
    );
  }

  ofHousehold(householdId: string): Promise<ErasureRequest[]> {
    return this.tx.manager.query(`SELECT ${columns} FROM erasure_request WHERE household_id = $1 ORDER BY erasure_id DESC`, [householdId]);
  }

  /** What deciding has to know: the last day on which the file was found right, and whether a correction is still examined. */
  async standing(householdId: string): Promise<{ verifiedOn: PlainDate | null; correctionOpen: boolean }> {
    const [row] = await this.tx.manager.query<[{ verifiedOn: PlainDate | null; correctionOpen: boolean }]>(
      `SELECT greatest((SELECT verified_on FROM credit_file WHERE subject_id = $1), (SELECT max(given_on) FROM item_verdict WHERE subject_id = $1)) AS "verifiedOn",
         EXISTS (SELECT 1 FROM correction_request WHERE subject_id = $1 AND outcome IS NULL AND ended_on IS NULL) AS "correctionOpen"`,
      [householdId],
    );
    return row;
  }
}
