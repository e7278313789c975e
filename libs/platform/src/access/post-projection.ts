import type { EventData } from '@credit/contracts';
import type { Tx } from '../work/tx';

/** 任职投影 — keeps this service's copy of posts held; an older version arriving late changes nothing. */
export async function projectPost(data: EventData<'post.changed'>, tx: Tx): Promise<void> {
  await tx.manager.query(
    `INSERT INTO post (post_id, account_id, role, division_code, organisation, from_on, to_on, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (post_id) DO UPDATE SET role = EXCLUDED.role, division_code = EXCLUDED.division_code, organisation = EXCLUDED.organisation,
       from_on = EXCLUDED.from_on, to_on = EXCLUDED.to_on, version = EXCLUDED.version
     WHERE post.version < EXCLUDED.version`,
    [data.postId, data.accountId, data.role, data.divisionCode, data.organisation, data.fromOn, data.toOn, data.version],
  );
}
