import { Problem } from '@credit/contracts';
import { newId, type Tx } from '@credit/platform';
import { HearingRow } from './hearing.row';
import { PanelMemberRow } from './panel-member.row';
import { ReconsiderationRow } from './reconsideration.row';

type Opening = Pick<
  ReconsiderationRow,
  'publicationId' | 'publicationKind' | 'owner' | 'ownerKey' | 'divisionCode' | 'groupCode' | 'subjectId' | 'receivedOn' | 'answerDueOn' | 'reminderOn'
>;

export interface DueCase {
  readonly id: string;
  readonly owner: 'civility' | 'rating';
  readonly divisionCode: string;
}

export interface OverdueCase extends DueCase {
  readonly deadlineVersion: number;
  readonly daysOverdue: number;
}

/** 逐项理由 — sealed under the subject's key. */
export interface AnswerItem {
  readonly itemCode: string;
  readonly change: 'kept' | 'added' | 'removed';
  readonly reason: Buffer;
}

/** How often a case may end just before it is joined. */
const mostAttempts = 5;
const open = `state IN ('admitted', 'panel-convened')`;

/** All SQL of reconsiderations, their panels and hearings. */
export class ReconsiderationStore {
  constructor(private readonly tx: Tx) {}

  /**
   * One open case per publication and subject, whoever comes first; it comes back locked. When the open case ends while this waits for
   * it, a case of its own is opened: no objection is lost to the moment it came in.
   */
  async openOrJoin(opening: Opening): Promise<{ row: ReconsiderationRow; isNew: boolean }> {
    for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
      const id = newId();
      await this.insertOpen(id, opening);
      const row = await this.tx.manager
        .createQueryBuilder(ReconsiderationRow, 'r')
        .setLock('pessimistic_write')
        .where(`r.publication_id = :publicationId AND r.subject_id = :subjectId AND r.${open}`, opening)
        .getOne();
      if (row) return { row, isNew: row.id === id };
    }
    throw new Problem('conflict.changed', { subjectId: opening.subjectId });
  }

  private async insertOpen(id: string, opening: Opening): Promise<void> {
    const { publicationId, publicationKind, owner, ownerKey, divisionCode, groupCode, subjectId, receivedOn, answerDueOn, reminderOn } = opening;
    await this.tx.manager.query(
      `INSERT INTO reconsideration (id, publication_id, publication_kind, owner, owner_key, division_code, group_code, subject_id, state, received_on, answer_due_on, alarm_on, reminder_on)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'admitted', $9, $10, $10, $11)
       ON CONFLICT (publication_id, subject_id) WHERE ${open} DO NOTHING`,
      [id, publicationId, publicationKind, owner, ownerKey, divisionCode, groupCode, subjectId, receivedOn, answerDueOn, reminderOn],
    );
  }

  async get(id: string): Promise<ReconsiderationRow> {
    const row = await this.tx.manager.findOneBy(ReconsiderationRow, { id });
    if (!row) throw new Problem('not-found', { reconsiderationId: id });
    return row;
  }

  byAnswer(objectionId: string): Promise<ReconsiderationRow | null> {
    return this.tx.manager.findOneBy(ReconsiderationRow, { answerObjectionId: objectionId });
  }

  /** Answers that changed a result, by the objection that carries each, in the order in which they were decided. */
  changed(owner: string, subjectIds: readonly string[]): Promise<{ objectionId: string; subjectId: string; key: string }[]> {
    return this.tx.manager.query(
      `SELECT answer_objection_id AS "objectionId", subject_id AS "subjectId", owner_key AS key FROM reconsideration
       WHERE outcome = 'score-changed' AND owner = $1 AND subject_id = ANY($2) ORDER BY answered_at, id`,
      [owner, subjectIds],
    );
  }

  lockByAnswer(objectionId: string): Promise<ReconsiderationRow | null> {
    return this.tx.manager.findOne(ReconsiderationRow, { where: { answerObjectionId: objectionId }, lock: { mode: 'pessimistic_write' } });
  }

  async update(id: string, change: Partial<ReconsiderationRow>): Promise<void> {
    await this.tx.manager.update(ReconsiderationRow, { id }, change);
  }

  panel(reconsiderationId: string): Promise<PanelMemberRow[]> {
    return this.tx.manager.find(PanelMemberRow, { where: { reconsiderationId }, order: { id: 'ASC' } });
  }

  async replacePanel(reconsiderationId: string, members: readonly PanelMemberRow[]): Promise<void> {
    await this.tx.manager.delete(PanelMemberRow, { reconsiderationId });
    await this.tx.manager.insert(PanelMemberRow, [...members]);
  }

  /** Who was there at the decision, and who had to withdraw by then. */
  async saveAttendance(panel: readonly PanelMemberRow[], presentIds: readonly string[]): Promise<void> {
    const rows = panel.map(({ id, part, withdrawal }) => ({ id, part, withdrawal, present: presentIds.includes(id) }));
    await this.tx.manager.query(
      `UPDATE panel_member p SET part = r.part, withdrawal = r.withdrawal, present = r.present
       FROM jsonb_to_recordset($1::jsonb) AS r(id uuid, part text, withdrawal text, present boolean) WHERE p.id = r.id`,
      [JSON.stringify(rows)],
    );
  }

  async insertItems(reconsiderationId: string, items: readonly AnswerItem[]): Promise<void> {
    await this.tx.manager.query(
      `INSERT INTO answer_item (reconsideration_id, item_code, change, reason)
       SELECT $1, "itemCode", change, reason FROM jsonb_to_recordset($2::jsonb) AS r("itemCode" text, change text, reason bytea)`,
      [reconsiderationId, JSON.stringify(items.map((item) => ({ ...item, reason: `\\x${item.reason.toString('hex')}` })))],
    );
  }

  items(reconsiderationId: string): Promise<AnswerItem[]> {
    return this.tx.manager.query('SELECT item_code AS "itemCode", change, reason FROM answer_item WHERE reconsideration_id = $1 ORDER BY item_code', [reconsiderationId]);
  }

  hearings(reconsiderationId: string): Promise<HearingRow[]> {
    return this.tx.manager.find(HearingRow, { where: { reconsiderationId }, order: { id: 'ASC' } });
  }

  async insertHearing(row: HearingRow): Promise<void> {
    await this.tx.manager.insert(HearingRow, row);
  }

  /**
   * Takes a page of open cases whose alarm is over and sets it for this day, so that it rings again after it; each case once a day,
   * however many replicas ask and however many days were missed.
   */
  async escalate(limit: number): Promise<OverdueCase[]> {
    const [rows] = await this.tx.manager.query<[OverdueCase[], number]>(
      `UPDATE reconsideration SET alarm_on = $1, escalated_at = $2, deadline_version = deadline_version + 1 WHERE id IN (
         SELECT id FROM reconsideration WHERE ${open} AND alarm_on < $1 ORDER BY id LIMIT $3 FOR UPDATE SKIP LOCKED)
       RETURNING id, owner, division_code AS "divisionCode", deadline_version AS "deadlineVersion", $1::date - answer_due_on AS "daysOverdue"`,
      [this.tx.today, this.tx.now, limit],
    );
    return rows;
  }

  /** Takes a page of open cases that nobody was reminded of since the third day. */
  async remind(limit: number): Promise<DueCase[]> {
    const [rows] = await this.tx.manager.query<[DueCase[], number]>(
      `UPDATE reconsideration SET reminded_at = $2 WHERE id IN (
         SELECT id FROM reconsideration WHERE ${open} AND reminder_on < $1 AND reminded_at IS NULL ORDER BY id LIMIT $3 FOR UPDATE SKIP LOCKED)
       RETURNING id, owner, division_code AS "divisionCode"`,
      [this.tx.today, this.tx.now, limit],
    );
    return rows;
  }

  /** 告知完成 — the household was told the outcome of its reconsideration; `answerId` is the objection that carries the answer. */
  async markTold(answerId: string, subjectId: string, toldOn: string): Promise<void> {
    await this.tx.manager.query('UPDATE reconsideration SET told_on = $3 WHERE answer_objection_id = $1 AND subject_id = $2 AND outcome IS NOT NULL AND told_on IS NULL', [answerId, subjectId, toldOn]);
  }

  /** Deadlines this service holds in its own columns, in the order of their keys. */
  openDeadlines(after: string | undefined, limit: number): Promise<Pick<ReconsiderationRow, 'id' | 'deadlineVersion' | 'alarmOn' | 'reminderOn'>[]> {
    return this.tx.manager.query(
      `SELECT id, deadline_version AS "deadlineVersion", alarm_on AS "alarmOn", reminder_on AS "reminderOn" FROM reconsideration
       WHERE ${open} AND ($1::uuid IS NULL OR id > $1) ORDER BY id LIMIT $2`,
      [after ?? null, limit],
    );
  }
}
