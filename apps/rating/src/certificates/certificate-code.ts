import type { Vault } from '@credit/platform';

const codeLength = 12;

/** 证书核验码 — printed beside the number; made from it with the deployment's key, so that numbers in a row tell no codes. */
export function certificateCode(vault: Vault, certificateNo: string): string {
  return vault.hash(certificateNo, 'certificate').replaceAll(/[^A-Za-z0-9]/g, '').toUpperCase().slice(0, codeLength);
}
