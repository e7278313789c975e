import type { PersonalSeal } from '@credit/platform';
import type { Signal } from '@credit/policy';
import type { Finding } from './finding.store';

/** The signal a finding was raised from, as it was then. */
export function raisedSignal({ id, signal }: Pick<Finding, 'id' | 'signal'>, seal: PersonalSeal | undefined): Signal | null {
  return signal && seal ? (JSON.parse(seal.open(signal, ['finding', id, 'signal'])) as Signal) : null;
}
