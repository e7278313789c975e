import type { publicityReads, RowOf } from '@credit/contracts';
import { cursorOf, type Tx } from '@credit/platform';
import { divisionPrefix, type PlainDate } from '@credit/policy';
import { In } from 'typeorm';
import { PlaceRow, type Publication, PublicationRow } from './publication.row';
import type { Case } from './publication.store';

type ReadRow = RowOf<typeof publicityReads.publication>;

export interface PublicationFilter {
  readonly scopes: readonly string[];
  readonly under?: string | undefined;
  readonly kind?: string | undefined;
  readonly state?: string | undefined;
  readonly before: string | null;
  readonly limit: number;
}

export interface EntryView {
  readonly subjectId: string;
  readonly subjectKind: string;
  readonly groupCode: string;
  readonly label: string | null;
  readonly result: string | null;
}

export interface OwnEntry extends Pick<Publication, 'kind' | 'templateVersion' | 'title' | 'objectionLastDay'> {
  readonly lastDay: PlainDate;
  readonly label: string | null;
  readonly result: string | null;
}

const readColumns = `id AS "publicationId", kind, owner, key, division_code AS "divisionCode", state, version, posted_on AS "postedOn",
  last_day AS "lastDay", objection_last_day AS "objectionLastDay", opened_again_as AS "openedAgainAs"`;
const entryColumns = `subject_id AS "subjectId", subject_kind AS "subjectKind", group_code AS "groupCode", label, result`;
const ownPage = 1000;

/** All reading SQL of publications. */
export class PublicationListStore {
  constructor(private readonly tx: Tx) {}

  find(id: string): Promise<Publication | null> {
    return this.tx.manager.findOneBy(PublicationRow, { id });
  }

  read(publicationId: string): Promise<ReadRow[]> {
    return this.tx.manager.query(`SELECT ${readColumns} FROM publication WHERE id = $1`, [publicationId]);
  }

  readOf({ owner, kind, key }: Case): Promise<ReadRow[]> {
    return this.tx.manager.query(`SELECT ${readColumns} FROM publication WHERE owner = $1 AND kind = $2 AND key = $3 ORDER BY id DESC`, [owner, kind, key]);
  }

  /** 公示一览, the newest first. The state asked for is that of today, computed. */
  async list({ scopes, under, kind, state, before, limit }: PublicationFilter): Promise<{ rows: Publication[]; nextCursor: string | null }> {
    const rows = await this.tx.manager
      .createQueryBuilder(PublicationRow, 'p')
      .where('p.division_code LIKE ANY(:scopes)', { scopes: scopes.map((scope) => `${scope}%`) })
      .andWhere('(:under::text IS NULL OR p.division_code LIKE :under)', { under: under === undefined ? null : `${divisionPrefix(under)}%` })
      .andWhere('(:kind::text IS NULL OR p.kind = :kind)', { kind: kind ?? null })
      .andWhere(`(:state::text IS NULL OR :state = CASE WHEN p.state = 'posted' AND p.last_day < platform.today() THEN 'closed' ELSE p.state END)`, { state: state ?? null })
      .andWhere('(:before::uuid IS NULL OR p.id < :before)', { before })
      .orderBy('p.id', 'DESC')
      .limit(limit)
      .getMany();
    const last = rows.length === limit ? rows.at(-1) : undefined;
    return { rows, nextCursor: last ? cursorOf(last.id) : null };
  }

  placesOf(publicationIds: readonly string[]): Promise<PlaceRow[]> {
    return this.tx.manager.find(PlaceRow, { where: { publicationId: In([...publicationIds]) }, order: { kind: 'ASC', divisionCode: 'ASC' } });
  }

  /** Entries in the order in which they hang. */
  entries(publicationId: string): Promise<EntryView[]> {
    return this.tx.manager.query(`SELECT ${entryColumns} FROM publication_entry WHERE publication_id = $1 ORDER BY ordinal`, [publicationId]);
  }

  entriesOfGroup(publicationId: string, groupCode: string): Promise<EntryView[]> {
    return this.tx.manager.query(`SELECT ${entryColumns} FROM publication_entry WHERE publication_id = $1 AND group_code LIKE $2 ORDER BY ordinal`, [
      publicationId,
      `${groupCode}%`,
    ]);
  }

  /** What hangs about one subject in a village now. */
  ownHanging(villageCode: string, subjectId: string): Promise<OwnEntry[]> {
    return this.tx.manager.query(
      `SELECT p.kind, p.template_version AS "templateVersion", p.title, p.last_day AS "lastDay", p.objection_last_day AS "objectionLastDay", e.label, e.result
       FROM publication_entry e JOIN publication p ON p.id = e.publication_id
       WHERE e.subject_id = $1 AND p.division_code LIKE $2 || '%' AND p.state = 'posted' AND p.last_day >= $3 ORDER BY p.id DESC`,
      [subjectId, villageCode, this.tx.today],
    );
  }

  async entryPage(publicationId: string, after: number, limit: number): Promise<{ rows: EntryView[]; nextCursor: string | null }> {
    const rows = await this.tx.manager.query<(EntryView & { ordinal: number })[]>(
      `SELECT ${entryColumns}, ordinal FROM publication_entry WHERE publication_id = $1 AND ordinal > $2 ORDER BY ordinal LIMIT $3`,
      [publicationId, after, limit],
    );
    const last = rows.length === limit ? rows.at(-1) : undefined;
    return { rows, nextCursor: last ? cursorOf(String(last.ordinal)) : null };
  }

  /** What hangs, or has hung, in a village: for everybody to see. */
  postedIn(villageCode: string, since: string): Promise<Publication[]> {
    return this.tx.manager
      .createQueryBuilder(PublicationRow, 'p')
      .where(`p.division_code LIKE :village AND p.state IN ('posted', 'suspended', 'closed') AND p.last_day >= :since`, { village: `${villageCode}%`, since })
      .orderBy('p.id', 'DESC')
      .getMany();
  }

  /** A page of the last days of what hangs now. */
  hanging(after: string | null): Promise<{ key: string; version: number; lastDay: string }[]> {
    return this.tx.manager.query(
      `SELECT id AS key, version, last_day AS "lastDay" FROM publication WHERE state = 'posted' AND ($1::uuid IS NULL OR id > $1) ORDER BY id LIMIT ${ownPage}`,
      [after],
    );
  }
}
