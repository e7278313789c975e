import { Problem } from '@credit/contracts';
import { PolicyError } from '@credit/policy';

/** What may be written down of a failure: its code or its class, never its text, which may hold personal data. */
export function reasonOf(error: unknown): string {
  if (error instanceof Problem || error instanceof PolicyError) return error.code;
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return `${error.name}:${error.code}`;
  return error instanceof Error ? error.name : 'unknown';
}
