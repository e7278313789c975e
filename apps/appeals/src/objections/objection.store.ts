import { Problem } from '@credit/contracts';
import type { Tx } from '@credit/platform';
import { ReconsiderationRow } from '../reconsiderations/reconsideration.row';
import { type ContestingRow, isContesting, ObjectionRow } from './objection.row';

type Optional = 'refusalReason' | 'refusalReviewedOn' | 'lateCause' | 'endedOn' | 'correctionOutcome' | 'correctionAnsweredOn';
export type NewObjection = Omit<ObjectionRow, Optional>;

/** All writing SQL of objections. A case is always locked before its objections, so that joined filings cannot block each other. */
export class ObjectionStore {
  constructor(private readonly tx: Tx) {}

  /** 编号 — of receipts (YY) and answers (FY), counted per division and year without gaps; the counter's lock is held until the commit. */
  async nextNumber(series: 'YY' | 'FY', divisionCode: string): Promise<string> {
    const year = this.tx.today.slice(0, 4);
    const [counter] = await this.tx.manager.query<[{ last: number }]>(
      `INSERT INTO receipt_counter (series, division_code, year, last) VALUES ($1, $2, $3, 1)
       ON CONFLICT (series, division_code, year) DO UPDATE SET last = receipt_counter.last + 1 RETURNING last`,
      [series, divisionCode, year],
    );
    return `${series}${divisionCode}-${year}-${String(counter.last).padStart(4, '0')}`;
  }

  /** Problem `objection.duplicate` when the applicant has already objected on this ground. */
  async insert(row: NewObjection): Promise<void> {
    const inserted = await this.tx.manager.createQueryBuilder().insert().into(ObjectionRow).values(row).orIgnore().returning(['id']).execute();
    if ((inserted.raw as unknown[]).length > 0) return;
    throw new Problem('objection.duplicate', { subjectId: row.subjectId, ground: row.ground });
  }

  async get(id: string): Promise<ObjectionRow> {
    const row = await this.tx.manager.findOneBy(ObjectionRow, { id });
    if (!row) throw new Problem('not-found', { objectionId: id });
    return row;
  }

  /** Problem `objection.in-file` for an error in a file: the archives answer it. */
  async lock(id: string): Promise<{ objection: ContestingRow; reconsideration: ReconsiderationRow | null }> {
    const { reconsiderationId } = await this.get(id);
    const reconsideration = reconsiderationId
      ? await this.tx.manager.findOneOrFail(ReconsiderationRow, { where: { id: reconsiderationId }, lock: { mode: 'pessimistic_write' } })
      : null;
    const objection = await this.tx.manager.findOneOrFail(ObjectionRow, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (objection.reconsiderationId !== reconsiderationId) throw new Problem('conflict.changed', { objectionId: id });
    if (!isContesting(objection)) throw new Problem('objection.in-file', { objectionId: id });
    return { objection, reconsideration };
  }

  async update(id: string, change: Partial<ObjectionRow>): Promise<void> {
    await this.tx.manager.update(ObjectionRow, { id }, change);
  }

  /** Whether an objection on the same ground already uses up the applicant's one filing. */
  async hasAnother(objection: ContestingRow): Promise<boolean> {
    const [row] = await this.tx.manager.query<[{ found: boolean }]>(
      `SELECT EXISTS (SELECT 1 FROM objection WHERE publication_id = $1 AND subject_id = $2 AND applicant_id = $3 AND ground = $4 AND id <> $5
         AND (state = 'admitted' OR refusal = 'inadmissible')) AS found`,
      [objection.publicationId, objection.subjectId, objection.applicantId, objection.ground, objection.id],
    );
    return row.found;
  }

  /** Objections of a case that still stand, the earliest first. */
  standing(reconsiderationId: string): Promise<ObjectionRow[]> {
    return this.tx.manager.find(ObjectionRow, { where: { reconsiderationId, state: 'admitted' }, order: { id: 'ASC' } });
  }

  /** 更正答复 — kept once, whatever is heard twice; the objection it answers, or nothing when it was known. */
  async noteCorrection(id: string, outcome: ObjectionRow['correctionOutcome'], answeredOn: string): Promise<ObjectionRow | null> {
    const objection = await this.tx.manager.findOne(ObjectionRow, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!objection || objection.correctionRequestedOn === null || objection.correctionOutcome !== null) return null;
    await this.update(id, { correctionOutcome: outcome, correctionAnsweredOn: answeredOn });
    return objection;
  }
}
