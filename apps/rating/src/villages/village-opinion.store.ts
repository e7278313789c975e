import { Problem } from '@credit/contracts';
import type { Tx } from '@credit/platform';
import type { PlainDate } from '@credit/policy';

/** 部门意见 */
export interface VillageOpinion {
  readonly applicationId: string;
  readonly department: string;
  readonly agrees: boolean;
  readonly reasons: Buffer | null;
  readonly scanSha256: string;
  readonly givenOn: PlainDate;
  readonly recordedOn: PlainDate;
}

export class VillageOpinionStore {
  constructor(private readonly tx: Tx) {}

  /** Problem `village.opinion-given` for a second opinion of one department. */
  async insert(one: Omit<VillageOpinion, 'recordedOn'>): Promise<void> {
    const added = await this.tx.manager.query<unknown[]>(
      `INSERT INTO village_opinion (application_id, department, agrees, reasons, scan_sha256, given_on, recorded_by, recorded_on) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
       ON CONFLICT DO NOTHING RETURNING 1`,
      [one.applicationId, one.department, one.agrees, one.reasons, one.scanSha256, one.givenOn, this.tx.actor.principal, this.tx.today],
    );
    if (added.length === 0) throw new Problem('village.opinion-given', { department: one.department });
  }

  of(applicationId: string): Promise<VillageOpinion[]> {
    return this.tx.manager.query(
      `SELECT application_id AS "applicationId", department, agrees, reasons, scan_sha256 AS "scanSha256", given_on AS "givenOn", recorded_on AS "recordedOn"
       FROM village_opinion WHERE application_id = $1 ORDER BY department`,
      [applicationId],
    );
  }
}
