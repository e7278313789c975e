import { Problem } from '@credit/contracts';
import type { Tx } from '@credit/platform';
import type { PlainDate } from '@credit/policy';

export type MeetingKind = 'review' | 'deliberation';

/** 会议 of a review group or of the deliberation group. */
export interface Meeting {
  readonly id: string;
  readonly roundId: string;
  readonly kind: MeetingKind;
  readonly groupCode: string | null;
  readonly meetingOn: PlainDate;
  /** Local time, `HH:MM`. */
  readonly startsAt: string;
  readonly place: string;
  readonly agenda: string;
  readonly calledOn: PlainDate;
  readonly cancelledOn: PlainDate | null;
  readonly cancellation: Buffer | null;
  readonly minutes: Buffer | null;
  readonly minutesScanSha256: string | null;
  readonly minutesOn: PlainDate | null;
}

const columns = `id, round_id AS "roundId", kind, group_code AS "groupCode", meeting_on AS "meetingOn", starts_at AS "startsAt", place, agenda, called_on AS "calledOn",
  cancelled_on AS "cancelledOn", cancellation, minutes, minutes_scan_sha256 AS "minutesScanSha256", minutes_on AS "minutesOn"`;

/** All SQL of meetings. */
export class MeetingStore {
  constructor(private readonly tx: Tx) {}

  async insert(meeting: Pick<Meeting, 'id' | 'roundId' | 'kind' | 'groupCode' | 'meetingOn' | 'startsAt' | 'place' | 'agenda'>): Promise<void> {
    await this.tx.manager.query(
      `INSERT INTO meeting (id, round_id, kind, group_code, meeting_on, starts_at, place, agenda, called_by, called_on) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [meeting.id, meeting.roundId, meeting.kind, meeting.groupCode, meeting.meetingOn, meeting.startsAt, meeting.place, meeting.agenda, this.tx.actor.principal, this.tx.today],
    );
  }

  get(id: string): Promise<Meeting> {
    return this.one(id, '');
  }

  lock(id: string): Promise<Meeting> {
    return this.one(id, 'FOR UPDATE');
  }

  private async one(id: string, lock: '' | 'FOR UPDATE'): Promise<Meeting> {
    const [row] = await this.tx.manager.query<Meeting[]>(`SELECT ${columns} FROM meeting WHERE id = $1 ${lock}`, [id]);
    if (!row) throw new Problem('not-found', { meetingId: id });
    return row;
  }

  async cancel(id: string, reason: Buffer): Promise<void> {
    await this.tx.manager.query('UPDATE meeting SET cancelled_on = $2, cancellation = $3 WHERE id = $1', [id, this.tx.today, reason]);
  }

  async minute(id: string, minutes: Buffer, scanSha256: string): Promise<void> {
    await this.tx.manager.query('UPDATE meeting SET minutes = $2, minutes_scan_sha256 = $3, minutes_by = $4, minutes_on = $5 WHERE id = $1', [
      id,
      minutes,
      scanSha256,
      this.tx.actor.principal,
      this.tx.today,
    ]);
  }

  ofRound(roundId: string): Promise<Meeting[]> {
    return this.tx.manager.query(`SELECT ${columns} FROM meeting WHERE round_id = $1 ORDER BY meeting_on, starts_at, id`, [roundId]);
  }
}
