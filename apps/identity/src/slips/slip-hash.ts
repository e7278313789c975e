import type { Vault } from '@credit/platform';

/** How a code is kept and found again: spaces, dashes and small letters make no difference, because it is typed from paper. */
export function slipHash(vault: Vault, code: string): string {
  return vault.hash(code.toUpperCase().replaceAll(/[\s-]/g, ''), 'slip');
}
