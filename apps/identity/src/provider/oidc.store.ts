import type { Tx } from '@credit/platform';

export type Payload = Readonly<Record<string, unknown>>;

/** What the OpenID provider keeps. Expiry is machine time: tokens are no term of the programme. */
export class OidcStore {
  constructor(private readonly tx: Tx) {}

  async upsert(model: string, id: string, payload: Payload, expiresInSeconds: number | undefined): Promise<void> {
    await this.tx.manager.query(
      `INSERT INTO oidc_payload (model, id, payload, grant_id, uid, expires_at) VALUES ($1, $2, $3, $4, $5, clock_timestamp() + make_interval(secs => $6))
       ON CONFLICT (model, id) DO UPDATE SET payload = EXCLUDED.payload, grant_id = EXCLUDED.grant_id, uid = EXCLUDED.uid, expires_at = EXCLUDED.expires_at`,
      [model, id, JSON.stringify(payload), payload['grantId'] ?? null, payload['uid'] ?? null, expiresInSeconds ?? null],
    );
  }

  async find(model: string, by: 'id' | 'uid', value: string): Promise<Payload | undefined> {
    const [row] = await this.tx.manager.query<{ payload: Payload; consumed: number | null }[]>(
      `SELECT payload, extract(epoch FROM consumed_at)::int AS consumed FROM oidc_payload WHERE model = $1 AND ${by} = $2 AND (expires_at IS NULL OR expires_at > clock_timestamp())`,
      [model, value],
    );
    return row && (row.consumed === null ? row.payload : { ...row.payload, consumed: row.consumed });
  }

  async consume(model: string, id: string): Promise<void> {
    await this.tx.manager.query('UPDATE oidc_payload SET consumed_at = clock_timestamp() WHERE model = $1 AND id = $2', [model, id]);
  }

  async destroy(model: string, id: string): Promise<void> {
    await this.tx.manager.query('DELETE FROM oidc_payload WHERE model = $1 AND id = $2', [model, id]);
  }

  async revokeGrant(grantId: string): Promise<void> {
    await this.tx.manager.query('DELETE FROM oidc_payload WHERE grant_id = $1', [grantId]);
  }

  async sweep(): Promise<void> {
    await this.tx.manager.query("DELETE FROM oidc_payload WHERE expires_at < clock_timestamp() - interval '1 hour'");
  }
}
