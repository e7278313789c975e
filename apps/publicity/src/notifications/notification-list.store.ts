import type { publicityReads, RowOf } from '@credit/contracts';
import { cursorOf, type Tx } from '@credit/platform';
import { divisionPrefix } from '@credit/policy';

export interface NotificationView {
  readonly id: string;
  readonly template: string;
  readonly divisionCode: string;
  readonly groupCode: string | null;
  readonly publicationId: string | null;
  readonly subjectId: string | null;
  readonly role: string | null;
  readonly text: string;
  readonly state: string;
  readonly createdOn: string;
  readonly settledOn: string | null;
  readonly failedTries: number;
  /** The subject's name as the publication shows it; null when it has been taken down. */
  readonly label: string | null;
}

/** 试过什么 — the tries of one outcome over one channel; a broadcast that reached the group counts as sent. */
export interface Tried {
  readonly notificationId: string;
  readonly channel: string;
  readonly outcome: string;
  readonly times: number;
  readonly lastOn: string;
  /** 签收单扫描件 SHA-256 of those signed. */
  readonly proofs: readonly string[];
}

export interface NotificationFilter {
  readonly scopes: readonly string[];
  readonly under?: string | undefined;
  readonly state?: string | undefined;
  readonly template?: string | undefined;
  readonly publicationId?: string | undefined;
  readonly before: string | null;
  readonly limit: number;
}

export interface TellingFigures {
  readonly publicationId: string;
  readonly open: number;
  readonly told: number;
  readonly notDeliverable: number;
}

export interface NoticeOfSubject extends NotificationView {
  readonly subjectId: string;
  readonly title: string | null;
  readonly postedOn: string | null;
  readonly lastDay: string | null;
  readonly objectionLastDay: string | null;
}

const columns = `n.id, n.template, n.division_code AS "divisionCode", n.group_code AS "groupCode", n.publication_id AS "publicationId", n.subject_id AS "subjectId",
  n.role, n.text, n.state, n.created_on AS "createdOn", n.settled_on AS "settledOn",
  (SELECT count(*)::int FROM delivery d WHERE d.notification_id = n.id AND d.outcome = 'failed') AS "failedTries",
  CASE WHEN hung.state = 'posted' AND hung.last_day < platform.today() THEN NULL ELSE e.label END AS label`;
const entry = `LEFT JOIN publication_entry e ON e.publication_id = n.publication_id AND e.subject_id = n.subject_id
  LEFT JOIN publication hung ON hung.id = n.publication_id`;
const from = `FROM notification n ${entry}`;
const noticesPerSubject = 50;

/** All reading SQL of notifications. */
export class NotificationListStore {
  constructor(private readonly tx: Tx) {}

  toldOf(publicationId: string): Promise<RowOf<typeof publicityReads.told>[]> {
    return this.tx.manager.query(
      `SELECT subject_id AS "subjectId", state AS outcome, settled_on AS "settledOn" FROM notification
       WHERE publication_id = $1 AND subject_id IS NOT NULL AND state IN ('told', 'not-deliverable') ORDER BY id`,
      [publicationId],
    );
  }

  async list({ scopes, under, state, template, publicationId, before, limit }: NotificationFilter): Promise<{ rows: NotificationView[]; nextCursor: string | null }> {
    const rows = await this.tx.manager.query<NotificationView[]>(
      `SELECT ${columns} ${from}
       WHERE n.subject_id IS NOT NULL AND n.division_code LIKE ANY($1) AND ($2::text IS NULL OR n.division_code LIKE $2) AND ($3::text IS NULL OR n.state = $3)
         AND ($4::text IS NULL OR n.template = $4) AND ($5::uuid IS NULL OR n.publication_id = $5) AND ($6::uuid IS NULL OR n.id < $6)
       ORDER BY n.id DESC LIMIT $7`,
      [scopes.map((scope) => `${scope}%`), under === undefined ? null : `${divisionPrefix(under)}%`, state ?? null, template ?? null, publicationId ?? null, before, limit],
    );
    return paged(rows, limit);
  }

  /** What the holder of these posts was told, the newest first. */
  async ofPosts(posts: readonly { readonly role: string; readonly divisionCode: string }[], before: string | null, limit: number): Promise<{ rows: NotificationView[]; nextCursor: string | null }> {
    const held = posts.map(({ role, divisionCode }) => ({ role, scope: `${divisionPrefix(divisionCode)}%` }));
    const rows = await this.tx.manager.query<NotificationView[]>(
      `SELECT ${columns} ${from}
       WHERE EXISTS (SELECT 1 FROM jsonb_to_recordset($1::jsonb) AS p(role text, scope text) WHERE n.role = p.role AND n.division_code LIKE p.scope)
         AND ($2::uuid IS NULL OR n.id < $2)
       ORDER BY n.id DESC LIMIT $3`,
      [JSON.stringify(held), before, limit],
    );
    return paged(rows, limit);
  }

  /** What has been tried to tell these, the newest last. */
  triedOf(ids: readonly string[]): Promise<Tried[]> {
    return this.tx.manager.query(
      `SELECT "notificationId", channel, outcome, count(*)::int AS times, max(on_day) AS "lastOn", array_remove(array_agg(DISTINCT proof), NULL) AS proofs FROM (
         SELECT notification_id AS "notificationId", channel, outcome, happened_on AS on_day, proof_sha256 AS proof FROM delivery WHERE notification_id = ANY($1)
         UNION ALL
         SELECT n.id, b.channel, 'sent', b.happened_on, NULL FROM notification n
         JOIN broadcast b ON b.publication_id = n.publication_id AND coalesce(n.group_code, n.division_code) LIKE b.division_code || '%' WHERE n.id = ANY($1)) t
       GROUP BY 1, 2, 3 ORDER BY max(on_day), channel, outcome`,
      [ids],
    );
  }

  figures(publicationIds: readonly string[]): Promise<TellingFigures[]> {
    return this.tx.manager.query(
      `SELECT publication_id AS "publicationId", count(*) FILTER (WHERE state = 'open')::int AS open, count(*) FILTER (WHERE state = 'told')::int AS told,
         count(*) FILTER (WHERE state = 'not-deliverable')::int AS "notDeliverable"
       FROM notification WHERE publication_id = ANY($1) AND subject_id IS NOT NULL GROUP BY 1`,
      [publicationIds],
    );
  }

  /** The newest notices of each subject. */
  ofSubjects(subjectIds: readonly string[]): Promise<NoticeOfSubject[]> {
    return this.tx.manager.query(
      `SELECT ${columns}, hung.title, hung.posted_on AS "postedOn", hung.last_day AS "lastDay", hung.objection_last_day AS "objectionLastDay"
       FROM unnest($1::uuid[]) AS s(id)
       CROSS JOIN LATERAL (SELECT * FROM notification WHERE subject_id = s.id ORDER BY id DESC LIMIT ${noticesPerSubject}) n
       ${entry}
       ORDER BY n.id DESC`,
      [subjectIds],
    );
  }
}

function paged(rows: NotificationView[], limit: number): { rows: NotificationView[]; nextCursor: string | null } {
  const last = rows.length === limit ? rows.at(-1) : undefined;
  return { rows, nextCursor: last ? cursorOf(last.id) : null };
}
