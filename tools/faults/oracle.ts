import { storingServices, verifyAudit } from '@credit/platform';
import type { Client } from 'pg';
import type { Appointment } from './load';

/** 判定 — one thing that no fault may break. */
export interface Verdict {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
  /** A matter of the machine as well: told, and no failure of a test. */
  readonly timed?: true;
}

const verdict = (name: string, faults: readonly string[]): Verdict => ({ name, ok: faults.length === 0, detail: faults.slice(0, 3).join('; ') + (faults.length > 3 ? ` … (${faults.length})` : '') });

interface Post {
  readonly id: string;
  readonly mark: string | null;
  readonly text: string;
}

const posts = async (admin: Client, table: string, mark: string): Promise<Post[]> =>
  (await admin.query<Post>(`SELECT post_id AS id, organisation AS mark, concat_ws('|', account_id, role, division_code, from_on, to_on, version) AS text FROM ${table} WHERE organisation LIKE $1 ORDER BY 1`, [`${mark}-%`])).rows;

async function count(admin: Client, query: string): Promise<number> {
  return Number((await admin.query<{ n: string }>(`SELECT count(*) AS n FROM (${query}) q`)).rows[0]?.n);
}

/** What is still on its way: unsent messages, posts that a service has not taken over. */
export async function underWay(admin: Client, mark: string): Promise<number> {
  let left = 0;
  for (const service of storingServices) {
    left += await count(admin, `SELECT 1 FROM "${service}".outbox WHERE relayed_at IS NULL`);
    left += await count(admin, `SELECT 1 FROM identity.held_post h WHERE organisation LIKE '${mark}-%' AND NOT EXISTS (SELECT 1 FROM "${service}".post p WHERE p.post_id = h.post_id AND p.version = h.version)`);
  }
  return left;
}

/** 总判定 — the same questions after every fault, asked of the database alone. */
export async function judge(admin: Client, auditDir: string, mark: string, acknowledged: readonly Appointment[]): Promise<Verdict[]> {
  const held = await posts(admin, 'identity.held_post', mark);
  const byMark = new Map(held.map((post) => [post.mark, post]));
  const lost = acknowledged.filter((one) => byMark.get(one.mark)?.id !== one.postId).map((one) => `${one.mark} → ${one.postId}`);

  const twice = held.length === byMark.size ? [] : [`${held.length} posts of ${byMark.size} requests`];
  const audited = await admin.query<{ subject: string }>(`SELECT subject FROM identity.audit WHERE action = 'post.given' GROUP BY subject HAVING count(*) > 1`);
  twice.push(...audited.rows.map(({ subject }) => `post ${subject} noted twice`));
  const told = await admin.query<{ key: string }>(`SELECT message->'data'->>'postId' || ' ' || (message->'data'->>'version') AS key FROM identity.outbox WHERE name = 'post.changed' GROUP BY 1 HAVING count(*) > 1`);
  twice.push(...told.rows.map(({ key }) => `post ${key} told twice`));

  const differing: string[] = [];
  const early: string[] = [];
  const broken: string[] = [];
  const parked: string[] = [];
  for (const service of storingServices) {
    const copies = await posts(admin, `"${service}".post`, mark);
    const text = new Map(copies.map((post) => [post.id, post.text]));
    differing.push(...held.filter((post) => text.get(post.id) !== post.text).map((post) => `${service}: ${post.mark}`));
    if (copies.length !== held.length) differing.push(`${service}: ${copies.length} of ${held.length}`);
    const { findings } = await verifyAudit(admin, service, auditDir);
    broken.push(...findings.map(({ n, fault }) => `${service} ${n}: ${fault}`));
    const left = await count(admin, `SELECT 1 FROM "${service}".parked_message WHERE replayed_at IS NULL`);
    if (left > 0) parked.push(`${service}: ${left}`);
  }
  const rung = await count(admin, `SELECT 1 FROM publicity.alarm WHERE rung_at < ((last_day + 1)::timestamp AT TIME ZONE 'Asia/Shanghai')`);
  if (rung > 0) early.push(`${rung} alarms rang before their last day was over`);
  return [
    verdict('no acknowledged write lost', lost),
    verdict('no effect twice', twice),
    verdict('no window closed early', early),
    verdict('audit chains verify', broken),
    verdict('projections equal a rebuild', differing),
    verdict('nothing parked', parked),
  ];
}
