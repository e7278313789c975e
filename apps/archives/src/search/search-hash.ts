import type { Vault } from '@credit/platform';

const hashLength = 22;

/** 检索词散列 — keyed, and other in every village. */
export function searchHash(vault: Vault, villageCode: string, token: string): string {
  return vault.hash(`${villageCode}\n${token}`, 'search').slice(0, hashLength);
}
