import { Problem } from '@credit/contracts';
import type { Tx } from '@credit/platform';
import type { PlainDate } from '@credit/policy';

/** 监督发现 about the process of a group, or of the whole round. */
export interface Finding {
  readonly id: string;
  readonly roundId: string;
  readonly villageCode: string;
  readonly groupCode: string | null;
  readonly kind: string;
  readonly note: Buffer;
  /** The signal it was raised from, with its figures. */
  readonly signal: Buffer | null;
  readonly recordedOn: PlainDate;
  /** Null for findings from before answers were asked for. */
  readonly answerDueOn: PlainDate | null;
  readonly settlement: Buffer | null;
  readonly settledOn: PlainDate | null;
  /** Whether an answer stands that was not sent back. */
  readonly answered: boolean;
}

export interface NewFinding extends Pick<Finding, 'id' | 'roundId' | 'groupCode' | 'kind' | 'note' | 'signal'> {
  readonly signalDigest: string | null;
  readonly answerDueOn: PlainDate;
}

interface Filter {
  readonly scopes: readonly string[];
  readonly under: string;
  readonly dueBefore: PlainDate | null;
  readonly after: readonly string[] | null;
  readonly limit: number;
}

export type FindingCounts = Readonly<{ openFindings: number; unansweredFindings: number }>;

const answered = 'EXISTS (SELECT 1 FROM finding_answer a WHERE a.finding_id = f.id AND a.returned_on IS NULL)';
const columns = `f.id, f.round_id AS "roundId", r.village_code AS "villageCode", f.group_code AS "groupCode", f.kind, f.note, f.signal, f.recorded_on AS "recordedOn",
  f.answer_due_on AS "answerDueOn", f.settlement, f.settled_on AS "settledOn", ${answered} AS answered`;
const findings = 'finding f JOIN round r ON r.id = f.round_id';

/** All SQL of findings; their answers have a store of their own. */
export class FindingStore {
  constructor(private readonly tx: Tx) {}

  async insert(finding: NewFinding): Promise<void> {
    await this.tx.manager.query(
      `INSERT INTO finding (id, round_id, group_code, kind, note, signal, signal_digest, answer_due_on, recorded_by, recorded_on)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [finding.id, finding.roundId, finding.groupCode, finding.kind, finding.note, finding.signal, finding.signalDigest, finding.answerDueOn, this.tx.actor.principal, this.tx.today],
    );
  }

  /** Locks first and reads then: an answer given while it waited is seen. */
  async lock(id: string): Promise<Finding> {
    await this.tx.manager.query('SELECT FROM finding WHERE id = $1 FOR UPDATE', [id]);
    const [row] = await this.tx.manager.query<Finding[]>(`SELECT ${columns} FROM ${findings} WHERE f.id = $1`, [id]);
    if (!row) throw new Problem('not-found', { findingId: id });
    return row;
  }

  async settle(id: string, settlement: Buffer): Promise<void> {
    await this.tx.manager.query('UPDATE finding SET settlement = $2, settled_by = $3, settled_on = $4 WHERE id = $1', [id, settlement, this.tx.actor.principal, this.tx.today]);
  }

  async askAgain(id: string, answerDueOn: PlainDate): Promise<void> {
    await this.tx.manager.query('UPDATE finding SET answer_due_on = $2 WHERE id = $1', [id, answerDueOn]);
  }

  list(roundId: string): Promise<Finding[]> {
    return this.tx.manager.query(`SELECT ${columns} FROM ${findings} WHERE f.round_id = $1 ORDER BY f.id`, [roundId]);
  }

  /** 待答复 — no answer stands yet, the longest due first. */
  waiting({ scopes, under, dueBefore, after, limit }: Filter): Promise<Finding[]> {
    return this.tx.manager.query(
      `SELECT ${columns} FROM ${findings}
       WHERE f.settled_on IS NULL AND f.answer_due_on IS NOT NULL AND NOT ${answered} AND r.village_code LIKE ANY($1) AND r.village_code LIKE $2
         AND ($3::date IS NULL OR f.answer_due_on < $3) AND ($4::date IS NULL OR (f.answer_due_on, f.id) > ($4, $5::uuid))
       ORDER BY f.answer_due_on, f.id LIMIT $6`,
      [scopes.map((scope) => `${scope}%`), `${under}%`, dueBefore, after?.[0] ?? null, after?.[1] ?? null, limit],
    );
  }

  async counts(roundId: string): Promise<FindingCounts> {
    const [row] = await this.tx.manager.query<FindingCounts[]>(
      `SELECT count(*)::int AS "openFindings", (count(*) FILTER (WHERE f.answer_due_on IS NOT NULL AND NOT ${answered}))::int AS "unansweredFindings"
       FROM finding f WHERE f.round_id = $1 AND f.settled_on IS NULL`,
      [roundId],
    );
    return row ?? { openFindings: 0, unansweredFindings: 0 };
  }

  /** Which finding each signal of a round was already raised as. */
  async raised(roundId: string): Promise<Map<string, string>> {
    const rows = await this.tx.manager.query<{ id: string; digest: string }[]>('SELECT id, signal_digest AS digest FROM finding WHERE round_id = $1 AND signal_digest IS NOT NULL', [roundId]);
    return new Map(rows.map(({ id, digest }) => [digest, id]));
  }
}
