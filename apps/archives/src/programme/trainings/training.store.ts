import { Problem } from '@credit/contracts';
import type { Tx } from '@credit/platform';
import type { PlainDate } from '@credit/policy';

export interface Training {
  readonly trainingId: string;
  readonly divisionCode: string;
  readonly topic: string;
  readonly heldOn: PlainDate;
  /** 培训单位 */
  readonly trainer: string;
  readonly minutes: number;
  readonly materialSha256: string | null;
}

export interface TrainingFilter {
  readonly topic: string | null;
  readonly accountId: string | null;
}

const columns = `t.training_id AS "trainingId", t.division_code AS "divisionCode", t.topic, t.held_on AS "heldOn", t.trainer, t.minutes, t.material_sha256 AS "materialSha256"`;

/** 培训记录. 三(二) */
export class TrainingStore {
  constructor(private readonly tx: Tx) {}

  async insert(training: Training, attendees: readonly string[]): Promise<void> {
    const { manager, actor, today } = this.tx;
    await manager.query(
      `INSERT INTO training (training_id, division_code, topic, held_on, trainer, minutes, material_sha256, recorded_by, recorded_on) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [training.trainingId, training.divisionCode, training.topic, training.heldOn, training.trainer, training.minutes, training.materialSha256, actor.principal, today],
    );
    await manager.query('INSERT INTO training_attendance (training_id, account_id) SELECT $1, unnest($2::uuid[])', [training.trainingId, attendees]);
  }

  async lock(trainingId: string): Promise<Training & { replaced: boolean }> {
    const [row] = await this.tx.manager.query<(Training & { replaced: boolean })[]>(`SELECT ${columns}, t.replaced_by IS NOT NULL AS replaced FROM training t WHERE t.training_id = $1 FOR UPDATE`, [trainingId]);
    if (!row) throw new Problem('not-found', { trainingId });
    return row;
  }

  async replace(trainingId: string, by: string): Promise<void> {
    await this.tx.manager.query('UPDATE training SET replaced_by = $2 WHERE training_id = $1', [trainingId, by]);
  }

  /** Those that stand, the newest first; of one topic or one attendee. */
  page(scopes: readonly string[], under: string, { topic, accountId }: TrainingFilter, after: readonly string[] | null, limit: number): Promise<(Training & { attendees: string[] })[]> {
    return this.tx.manager.query(
      `SELECT ${columns}, ARRAY(SELECT a.account_id FROM training_attendance a WHERE a.training_id = t.training_id ORDER BY a.account_id) AS attendees
       FROM training t WHERE t.replaced_by IS NULL AND t.division_code LIKE ANY($1) AND t.division_code LIKE $2 AND ($3::text IS NULL OR t.topic = $3)
         AND ($4::uuid IS NULL OR EXISTS (SELECT 1 FROM training_attendance a WHERE a.training_id = t.training_id AND a.account_id = $4))
         AND ($5::date IS NULL OR (t.held_on, t.training_id) < ($5, $6::uuid)) ORDER BY t.held_on DESC, t.training_id DESC LIMIT $7`,
      [scopes.map((scope) => `${scope}%`), `${under}%`, topic, accountId, after?.[0] ?? null, after?.[1] ?? null, limit],
    );
  }
}
