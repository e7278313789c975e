import type { Tx } from '@credit/platform';
import type { JWK } from 'jose';

export interface SigningKey {
  readonly id: string;
  readonly publicJwk: JWK;
  readonly privateSealed: Buffer;
}

const columns = 'id, public_jwk AS "publicJwk", private_sealed AS "privateSealed"';

/** All SQL of signing keys. */
export class SigningKeyStore {
  constructor(private readonly tx: Tx) {}

  async current(): Promise<SigningKey | undefined> {
    return (await this.tx.manager.query<SigningKey[]>(`SELECT ${columns} FROM signing_key WHERE current`))[0];
  }

  /** Two replicas may start together; the first key stays. */
  async insertFirst(key: SigningKey): Promise<void> {
    await this.tx.manager.query(
      'INSERT INTO signing_key (id, public_jwk, private_sealed, current, made_at) VALUES ($1, $2, $3, true, $4) ON CONFLICT (current) WHERE current DO NOTHING',
      [key.id, JSON.stringify(key.publicJwk), key.privateSealed, this.tx.now],
    );
  }

  /** Keys of the past stay published: a bank may check an old answer at any time. */
  async publicKeys(): Promise<JWK[]> {
    const rows = await this.tx.manager.query<{ publicJwk: JWK }[]>('SELECT public_jwk AS "publicJwk" FROM signing_key ORDER BY made_at DESC');
    return rows.map((row) => row.publicJwk);
  }
}
