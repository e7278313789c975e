import { Problem } from '@credit/contracts';
import type { Tx } from '@credit/platform';

export interface Client {
  readonly clientId: string;
  readonly name: string;
  readonly kind: 'bank' | 'province';
  readonly jwks: { readonly keys: readonly Readonly<Record<string, unknown>>[] };
  readonly active: boolean;
  /** 授权用途 it is registered for. */
  readonly purposes: readonly string[];
}

const columns = 'client_id AS "clientId", name, kind, jwks, active, purposes';

/** 接入方 — banks and the province, each with its public keys. */
export class ClientStore {
  constructor(private readonly tx: Tx) {}

  async insert(client: Client): Promise<void> {
    const inserted = await this.tx.manager.query<unknown[]>(
      'INSERT INTO client (client_id, name, kind, jwks, purposes, registered_at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (name) DO NOTHING RETURNING 1',
      [client.clientId, client.name, client.kind, JSON.stringify(client.jwks), client.purposes, this.tx.now],
    );
    if (inserted.length === 0) throw new Problem('client.name-taken');
  }

  async byId(clientId: string): Promise<Client | undefined> {
    const [row] = await this.tx.manager.query<Client[]>(`SELECT ${columns} FROM client WHERE client_id::text = $1`, [clientId]);
    return row;
  }

  byIds(clientIds: readonly string[]): Promise<Client[]> {
    return this.tx.manager.query(`SELECT ${columns} FROM client WHERE client_id = ANY($1::uuid[])`, [clientIds]);
  }

  async setKeys(clientId: string, jwks: Client['jwks']): Promise<void> {
    await this.tx.manager.query('UPDATE client SET jwks = $2 WHERE client_id = $1', [clientId, JSON.stringify(jwks)]);
  }

  list(): Promise<Client[]> {
    return this.tx.manager.query(`SELECT ${columns} FROM client ORDER BY name`);
  }
}
