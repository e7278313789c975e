/** Where an identifier fails; stable codes for forms and imports. */
export type IdentifierFault = 'length' | 'letter' | 'region' | 'birth' | 'check' | 'sequence' | 'village';

export interface Refusal {
  readonly valid: false;
  readonly reason: IdentifierFault;
  readonly message: string;
}

/** What a check of an identifier answers; facts of a valid one are its own. */
export type Verdict<Facts extends object = object> = ({ readonly valid: true; readonly normalised: string; readonly warning?: string } & Facts) | Refusal;

export function refuse(reason: IdentifierFault, message: string): Refusal {
  return { valid: false, reason, message };
}
