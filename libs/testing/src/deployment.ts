import { randomBytes } from 'node:crypto';
import { type Service, services } from '@credit/contracts';
import { exportJWK, generateKeyPair, type JWK } from 'jose';

/** The secrets and keys of one deployment, made anew: data keys, hash key, one key pair per service. */
export interface DeploymentSecrets {
  readonly dataKeys: string;
  readonly hashKey: string;
  readonly rolePassword: string;
  readonly serviceKeys: Readonly<Record<Service, JWK>>;
  readonly servicePublicKeys: { readonly keys: readonly JWK[] };
}

export async function makeSecrets(): Promise<DeploymentSecrets> {
  const privateKeys: [Service, JWK][] = [];
  const publicKeys: JWK[] = [];
  for (const service of services) {
    const pair = await generateKeyPair('EdDSA', { extractable: true });
    privateKeys.push([service, { ...(await exportJWK(pair.privateKey)), kid: service, alg: 'EdDSA' }]);
    publicKeys.push({ ...(await exportJWK(pair.publicKey)), kid: service, alg: 'EdDSA' });
  }
  return {
    dataKeys: `k1:${randomBytes(32).toString('base64')}`,
    hashKey: randomBytes(32).toString('base64'),
    rolePassword: randomBytes(24).toString('base64url'),
    serviceKeys: Object.fromEntries(privateKeys) as Record<Service, JWK>,
    servicePublicKeys: { keys: publicKeys },
  };
}
