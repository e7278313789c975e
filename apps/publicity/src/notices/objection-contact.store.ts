import type { Tx } from '@credit/platform';

/** 受理异议的地址电话 — an office's, not a person's. */
export interface ObjectionContact {
  readonly receiver: string;
  readonly address: string;
  readonly phone: string;
}

export class ObjectionContactStore {
  constructor(private readonly tx: Tx) {}

  async set(divisionCode: string, contact: ObjectionContact): Promise<void> {
    await this.tx.manager.query(
      `INSERT INTO objection_contact (division_code, receiver, address, phone) VALUES ($1, $2, $3, $4)
       ON CONFLICT (division_code) DO UPDATE SET receiver = EXCLUDED.receiver, address = EXCLUDED.address, phone = EXCLUDED.phone`,
      [divisionCode, contact.receiver, contact.address, contact.phone],
    );
  }

  /** The division's own, or that of the nearest one above it. */
  async of(divisionCode: string): Promise<ObjectionContact | null> {
    const [found] = await this.tx.manager.query<ObjectionContact[]>(
      `SELECT receiver, address, phone FROM objection_contact
       WHERE $1 LIKE regexp_replace(division_code, '^(\\d{6}|\\d{9})0+$', '\\1') || '%' ORDER BY length(regexp_replace(division_code, '0+$', '')) DESC LIMIT 1`,
      [divisionCode],
    );
    return found ?? null;
  }
}
