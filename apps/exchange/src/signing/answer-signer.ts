import { newId, systemActor, UnitOfWork, Vault } from '@credit/platform';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { CompactSign, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import { type SigningKey, SigningKeyStore } from './signing-key.store';

const algorithm = 'EdDSA';

/** The canonical text of an answer: keys in order, no spaces; what the signature covers. */
export function canonicalText(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner) ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1))) : inner,
  );
}

/**
 * 答复签名 — signs each answer as a JWS (EdDSA), so that a bank can keep it as proof. The key is made at the first start; its
 * private part is sealed in the database, the public part is published at `/v1/jwks.json`. 三(七)1
 */
@Injectable()
export class AnswerSigner implements OnApplicationBootstrap {
  private key: { readonly kid: string; readonly sign: Awaited<ReturnType<typeof importJWK>> } | undefined;

  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.key = await this.work.run(systemActor(), async (tx) => {
      const keys = new SigningKeyStore(tx);
      const known = await keys.current();
      if (!known) {
        const id = newId();
        const { publicKey, privateKey } = await generateKeyPair(algorithm, { extractable: true });
        const seal = await this.vault.sealFor(tx, id);
        const publicJwk = { ...(await exportJWK(publicKey)), kid: id, alg: algorithm, use: 'sig' };
        await keys.insertFirst({ id, publicJwk, privateSealed: seal.seal(JSON.stringify(await exportJWK(privateKey)), ['signing_key', id, 'private']) });
      }
      const current = (known ?? (await keys.current())) as SigningKey;
      const seal = await this.vault.sealFor(tx, current.id);
      const privateJwk = JSON.parse(seal.open(current.privateSealed, ['signing_key', current.id, 'private'])) as JWK;
      return { kid: current.id, sign: await importJWK(privateJwk, algorithm) };
    });
  }

  sign(answer: unknown): Promise<string> {
    if (!this.key) throw new Error('the signing key is not loaded yet');
    return new CompactSign(new TextEncoder().encode(canonicalText(answer))).setProtectedHeader({ alg: algorithm, kid: this.key.kid, typ: 'credit-answer+jws' }).sign(this.key.sign);
  }
}
