import { randomBytes } from 'node:crypto';
import { newId, systemActor, UnitOfWork, Vault } from '@credit/platform';
import { exportJWK, generateKeyPair, type JWK } from 'jose';

export interface ProviderSecrets {
  readonly signingKey: JWK;
  readonly cookieKeys: readonly string[];
}

export const signingAlgorithm = 'ES256';

async function makeSecrets(): Promise<ProviderSecrets> {
  const { privateKey } = await generateKeyPair(signingAlgorithm, { extractable: true });
  return {
    signingKey: { ...(await exportJWK(privateKey)), kid: randomBytes(8).toString('base64url'), alg: signingAlgorithm, use: 'sig' },
    cookieKeys: [randomBytes(32).toString('base64url')],
  };
}

/** The provider's keys: made once, kept sealed, the same after every restart and for every replica. */
export async function providerSecrets(work: UnitOfWork, vault: Vault): Promise<ProviderSecrets> {
  const made = await makeSecrets();
  return work.run(systemActor(), async (tx) => {
    await tx.manager.query("SELECT pg_advisory_xact_lock(hashtext('identity.provider'))");
    const [known] = await tx.manager.query<{ secret_id: string; sealed: Buffer }[]>('SELECT secret_id, sealed FROM provider_secret LIMIT 1');
    if (known) {
      const text = (await vault.sealFor(tx, known.secret_id)).open(known.sealed, ['provider_secret', known.secret_id, 'sealed']);
      return JSON.parse(text) as ProviderSecrets;
    }
    const secretId = newId();
    const sealed = (await vault.sealFor(tx, secretId)).seal(JSON.stringify(made), ['provider_secret', secretId, 'sealed']);
    await tx.manager.query('INSERT INTO provider_secret (secret_id, sealed, made_at) VALUES ($1, $2, $3)', [secretId, sealed, tx.now]);
    return made;
  });
}
