import { Problem } from '@credit/contracts';
import type { Tx } from '@credit/platform';
import type { PlainDate } from '@credit/policy';

export interface ProgrammeBody {
  readonly bodyId: string;
  readonly kind: string;
  readonly divisionCode: string;
  readonly formedOn: PlainDate;
  readonly dissolvedOn: PlainDate | null;
}

export interface Seat {
  readonly seatId: string;
  readonly bodyId: string;
  readonly accountId: string;
  readonly capacity: string;
  /** 职务 */
  readonly title: string;
  /** 单位 */
  readonly organisation: string;
  readonly fromOn: PlainDate;
  readonly lastDay: PlainDate | null;
}

const bodyColumns = 'body_id AS "bodyId", kind, division_code AS "divisionCode", formed_on AS "formedOn", dissolved_on AS "dissolvedOn"';
const seatColumns = 'seat_id AS "seatId", body_id AS "bodyId", account_id AS "accountId", capacity, title, organisation, from_on AS "fromOn", last_day AS "lastDay"';

/** 联席会议、办公室和信息校核专班 with their dated seats. 三(一) */
export class ProgrammeBodyStore {
  constructor(private readonly tx: Tx) {}

  /** False when the division has a standing one of the kind. */
  async insert(body: Pick<ProgrammeBody, 'bodyId' | 'kind' | 'divisionCode' | 'formedOn'>): Promise<boolean> {
    const added = await this.tx.manager.query<unknown[]>(
      `INSERT INTO programme_body (body_id, kind, division_code, formed_on, formed_by) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (division_code, kind) WHERE dissolved_on IS NULL DO NOTHING RETURNING 1`,
      [body.bodyId, body.kind, body.divisionCode, body.formedOn, this.tx.actor.principal],
    );
    return added.length > 0;
  }

  async lock(bodyId: string): Promise<ProgrammeBody> {
    const [row] = await this.tx.manager.query<ProgrammeBody[]>(`SELECT ${bodyColumns} FROM programme_body WHERE body_id = $1 FOR UPDATE`, [bodyId]);
    if (!row) throw new Problem('not-found', { bodyId });
    return row;
  }

  async dissolve(bodyId: string, on: PlainDate): Promise<void> {
    await this.tx.manager.query('UPDATE programme_seat SET last_day = greatest($2, from_on) WHERE body_id = $1 AND last_day IS NULL', [bodyId, on]);
    await this.tx.manager.query('UPDATE programme_body SET dissolved_on = $2 WHERE body_id = $1', [bodyId, on]);
  }

  async seat(seats: readonly Omit<Seat, 'lastDay'>[]): Promise<void> {
    await this.tx.manager.query(
      `INSERT INTO programme_seat (seat_id, body_id, account_id, capacity, title, organisation, from_on, recorded_by)
       SELECT "seatId", "bodyId", "accountId", capacity, title, organisation, "fromOn", $2 FROM jsonb_to_recordset($1::jsonb)
         AS r("seatId" uuid, "bodyId" uuid, "accountId" uuid, capacity text, title text, organisation text, "fromOn" date)`,
      [JSON.stringify(seats), this.tx.actor.principal],
    );
  }

  async leave(seatId: string, lastDay: PlainDate): Promise<void> {
    await this.tx.manager.query('UPDATE programme_seat SET last_day = $2 WHERE seat_id = $1', [seatId, lastDay]);
  }

  /** Every seat there ever was. */
  seatsOf(bodyIds: readonly string[]): Promise<Seat[]> {
    return this.tx.manager.query(`SELECT ${seatColumns} FROM programme_seat WHERE body_id = ANY($1) ORDER BY body_id, from_on, seat_id`, [bodyIds]);
  }

  /** Bodies that stood on the day. */
  page(scopes: readonly string[], under: string, on: PlainDate, after: string | null, limit: number): Promise<ProgrammeBody[]> {
    return this.tx.manager.query(
      `SELECT ${bodyColumns} FROM programme_body WHERE division_code LIKE ANY($1) AND division_code LIKE $2 AND formed_on <= $3 AND (dissolved_on IS NULL OR dissolved_on >= $3)
         AND ($4::uuid IS NULL OR body_id > $4) ORDER BY body_id LIMIT $5`,
      [scopes.map((scope) => `${scope}%`), `${under}%`, on, after, limit],
    );
  }
}

export function heldOn(seat: Seat, day: PlainDate): boolean {
  return seat.fromOn <= day && (seat.lastDay === null || seat.lastDay >= day);
}
