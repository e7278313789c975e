import { createPublicKey, verify } from 'node:crypto';
import { compactVerify, createRemoteJWKSet } from 'jose';

/** Keys in order, no spaces: what the county signed. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner) ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1))) : inner,
  );
}

export interface CountyKeys {
  /** The county's `/v1/jwks.json`. */
  readonly jwksUrl?: string | undefined;
  /** Its SM2 public key, as PEM. */
  readonly sm2?: string | undefined;
}

/** 验签 — whether the county signed exactly this manifest. */
export async function signedByCounty(manifest: unknown, signature: { readonly algorithm: string; readonly value: string }, { jwksUrl, sm2 }: CountyKeys): Promise<boolean> {
  if (signature.algorithm === 'SM2-SM3') {
    return sm2 !== undefined && verify('sm3', Buffer.from(canonical(manifest)), createPublicKey(sm2), Buffer.from(signature.value, 'base64url'));
  }
  if (signature.algorithm !== 'EdDSA' || jwksUrl === undefined) return false;
  try {
    const { payload } = await compactVerify(signature.value, createRemoteJWKSet(new URL(jwksUrl)));
    return new TextDecoder().decode(payload) === canonical(manifest);
  } catch {
    return false;
  }
}
