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

const open = `state IN ('admitted', 'panel-convened')`;

/** All SQL of reconsiderations, their panels and hearings. */
export class ReconsiderationStore {
  constructor(private readonly tx: Tx) {}

  /** One open case per publication and subject, whoever comes first; it comes back locked. */
  async openOrJoin(opening: Opening): Promise<{ row: ReconsiderationRow; isNew: boolean }> {
    const id = newId();
    await this.tx.manager.query(
      `INSERT INTO reconsideration (id, publication_id, publication_kind, owner, owner_key, division_code, group_code, subject_id, state, received_on, answer_due_on, alarm_on, reminder_on)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'admitted', $9, $10, $10, $11)
       ON CONFLICT (publication_id, subject_id) WHERE ${open} DO NOTHING`,
      [
        id,
        opening.publicationId,
        opening.publicationKind,
        opening.owner,
        opening.ownerKey,
        opening.divisionCode,
        opening.groupCode,
        opening.subjectId,
        opening.receivedOn,
        opening.answerDueOn,
        opening.reminderOn,
      ],
    );
    const row = await this.tx.manager
      .createQueryBuilder(ReconsiderationRow, 'r')
      .setLock('pessimistic_write')
      .where(`r.publication_id = :publicationId AND r.subject_id = :subjectId AND r.${open}`, opening)
      .getOne();
    if (!row) throw new Problem('conflict.changed', { subjectId: opening.subjectId });
    return { row, isNew: row.id === id };
  }

  async get(id: string): Promise<ReconsiderationRow> {
    const row = await this.tx.manager.findOneBy(ReconsiderationRow, { id });
    if (!row) throw new Problem('not-found', { reconsiderationId: id });
    return row;
  }

  byAnswer(objectionId: string): Promise<ReconsiderationRow | null> {
    return this.tx.manager.findOneBy(ReconsiderationRow, { answerObjectionId: objectionId });
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

  hearings(reconsiderationId: string): Promise<HearingRow[]> {
    return this.tx.manager.find(HearingRow, { where: { reconsiderationId }, order: { id: 'ASC' } });
  }

  async insertHearing(row: HearingRow): Promise<void> {
    await this.tx.manager.insert(HearingRow, row);
  }

  /** Marks a page of open cases whose answer is overdue as escalated; each case once, however many replicas ask. */
  escalate(limit: number): Promise<DueCase[]> {
    return this.mark('escalated_at', `answer_due_on < $1`, limit);
  }

  /** The same for the reminder of the third day. */
  remind(limit: number): Promise<DueCase[]> {
    return this.mark('reminded_at', `reminder_on < $1`, limit);
  }

  private async mark(column: 'escalated_at' | 'reminded_at', due: string, limit: number): Promise<DueCase[]> {
    const [rows] = await this.tx.manager.query<[DueCase[], number]>(
      `UPDATE reconsideration SET ${column} = $2 WHERE id IN (
         SELECT id FROM reconsideration WHERE ${open} AND ${due} AND ${column} IS NULL ORDER BY id LIMIT $3 FOR UPDATE SKIP LOCKED)
       RETURNING id, owner, division_code AS "divisionCode"`,
      [this.tx.today, this.tx.now, limit],
    );
    return rows;
  }

  /** 告知完成 — the household was told the outcome of its reconsideration. */
  async markTold(subjectId: string, toldOn: string): Promise<void> {
    await this.tx.manager.query('UPDATE reconsideration SET told_on = $2 WHERE subject_id = $1 AND outcome IS NOT NULL AND told_on IS NULL', [subjectId, toldOn]);
  }

  /** Deadlines this service holds in its own columns, in the order of their keys. */
  openDeadlines(after: string | undefined, limit: number): Promise<{ id: string; answerDueOn: string; reminderOn: string }[]> {
    return this.tx.manager.query(
      `SELECT id, answer_due_on AS "answerDueOn", reminder_on AS "reminderOn" FROM reconsideration WHERE ${open} AND ($1::uuid IS NULL OR id > $1) ORDER BY id LIMIT $2`,
      [after ?? null, limit],
    );
  }
}
