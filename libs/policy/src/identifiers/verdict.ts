/** What a check of an identifier answers; facts of a valid one are its own. */
export type Verdict<Facts extends object = object> = ({ readonly valid: true; readonly normalised: string; readonly warning?: string } & Facts) | { readonly valid: false; readonly reason: string; readonly message: string };

export function refuse(reason: string, message: string): { readonly valid: false; readonly reason: string; readonly message: string } {
  return { valid: false, reason, message };
}
