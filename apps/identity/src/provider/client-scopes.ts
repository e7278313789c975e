import { doorScope, purposeScope } from '@credit/platform';
import type { Client } from 'oidc-provider';

/** The name under which the register tells the provider what a client may ask for. */
export const registeredPurposes = 'registered_purposes';

/** What a client may have in its tokens: the door, and the purposes it is registered for. 三(七)1 */
export function scopesOf(client: Client): string[] {
  const purposes = client[registeredPurposes];
  return [doorScope, ...(Array.isArray(purposes) ? purposes.map((purpose) => purposeScope(String(purpose))) : [])];
}
