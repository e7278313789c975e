import { Problem } from '@credit/contracts';
import type { Tx } from '@credit/platform';
import type { PlainDate, PublicationState } from '@credit/policy';
import { PlaceRow, type Publication, PublicationRow } from './publication.row';
import type { Hung } from './standing';

export interface Entry {
  readonly subjectId: string;
  readonly subjectKind: string;
  readonly groupCode: string;
  readonly label: string;
  readonly result: string | null;
}

/** A case of an owner: at most one publication of it is open. */
export interface Case {
  readonly owner: string;
  readonly kind: string;
  readonly key: string;
}

/** All writing SQL of publications. */
export class PublicationStore {
  constructor(private readonly tx: Tx) {}

  async lock(id: string): Promise<Publication> {
    const row = await this.tx.manager.findOne(PublicationRow, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!row) throw new Problem('not-found', { publicationId: id });
    return row;
  }

  async hasOpen({ owner, kind, key }: Case): Promise<boolean> {
    const rows = await this.tx.manager.query<unknown[]>(
      `SELECT 1 FROM publication WHERE owner = $1 AND kind = $2 AND key = $3 AND state IN ('draft', 'posted', 'suspended')`,
      [owner, kind, key],
    );
    return rows.length > 0;
  }

  /** 公示编号 — counted per division and year without gaps. */
  async nextNumber(divisionCode: string, today: PlainDate): Promise<string> {
    const year = today.slice(0, 4);
    const [counter] = await this.tx.manager.query<[{ last: number }]>(
      `INSERT INTO publication_number (division_code, year, last) VALUES ($1, $2, 1)
       ON CONFLICT (division_code, year) DO UPDATE SET last = publication_number.last + 1 RETURNING last`,
      [divisionCode, year],
    );
    return `公示〔${year}〕${counter.last}号`;
  }

  /** Problem `conflict.changed` when another one of the same case was opened in the meantime. */
  async insert(row: Publication): Promise<void> {
    const inserted = await this.tx.manager.createQueryBuilder().insert().into(PublicationRow).values(row).orIgnore().returning(['id']).execute();
    if ((inserted.raw as unknown[]).length === 0) throw new Problem('conflict.changed', { owner: row.owner, kind: row.kind, key: row.key });
  }

  async update(id: string, change: Partial<Publication>): Promise<void> {
    await this.tx.manager.update(PublicationRow, { id }, change);
  }

  async insertPlaces(places: readonly PlaceRow[]): Promise<void> {
    await this.tx.manager.insert(PlaceRow, [...places]);
  }

  places(publicationId: string): Promise<PlaceRow[]> {
    return this.tx.manager.find(PlaceRow, { where: { publicationId }, order: { kind: 'ASC', divisionCode: 'ASC' } });
  }

  async updatePlace(id: string, change: Partial<PlaceRow>): Promise<void> {
    await this.tx.manager.update(PlaceRow, { id }, change);
  }

  async replaceEntries(publicationId: string, entries: readonly Entry[]): Promise<void> {
    await this.tx.manager.query('DELETE FROM publication_entry WHERE publication_id = $1', [publicationId]);
    await this.tx.manager.query(
      `INSERT INTO publication_entry (publication_id, subject_id, subject_kind, group_code, ordinal, label, result)
       SELECT $1, "subjectId", "subjectKind", "groupCode", ordinal, label, result
       FROM jsonb_to_recordset($2::jsonb) AS e("subjectId" uuid, "subjectKind" text, "groupCode" text, ordinal int, label text, result text)`,
      [publicationId, JSON.stringify(entries.map((entry, ordinal) => ({ ...entry, ordinal })))],
    );
  }

  /** 撤下名单 — ids and groups stay for objections that come later; names and results go. */
  async takeDown(publicationIds: readonly string[]): Promise<void> {
    await this.tx.manager.query('UPDATE publication_entry SET label = NULL, result = NULL WHERE publication_id = ANY($1)', [publicationIds]);
  }

  /** Notes days on which a place was missing; returns how many of them had not been noted before. */
  async noteMissedDays(publicationId: string, from: PlainDate, before: PlainDate): Promise<number> {
    const [added] = await this.tx.manager.query<[{ days: number }]>(
      `WITH added AS (
         INSERT INTO publication_missed_day (publication_id, day)
         SELECT $1, day::date FROM generate_series($2::date, $3::date - 1, interval '1 day') AS day
         ON CONFLICT DO NOTHING RETURNING 1)
       SELECT count(*)::int AS days FROM added`,
      [publicationId, from, before],
    );
    return added.days;
  }

  /** A page of publications whose last day is over and whose consequences have not run. */
  async due(limit: number): Promise<Hung[]> {
    const rows = await this.tx.manager
      .createQueryBuilder(PublicationRow, 'publication')
      .where(`publication.state = 'posted' AND publication.last_day < :today`, { today: this.tx.today })
      .orderBy('publication.last_day')
      .addOrderBy('publication.id')
      .limit(limit)
      .setLock('pessimistic_write')
      .setOnLocked('skip_locked')
      .getMany();
    return rows as Hung[];
  }

  async setState(ids: readonly string[], state: PublicationState): Promise<void> {
    await this.tx.manager.query('UPDATE publication SET state = $2 WHERE id = ANY($1)', [ids, state]);
  }
}
