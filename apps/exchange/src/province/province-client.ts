import { Problem } from '@credit/contracts';
import { type Actor, type Config, purposeScope } from '@credit/platform';
import type { ProvinceRules } from './province-rules';

/** The province's own client: a token for its purpose, in a county that reports. Answers the county. */
export function requireProvince(actor: Actor, config: Pick<Config, 'PROVINCE_COUNTY'>, { purpose }: ProvinceRules): string {
  if (actor.kind !== 'client') throw new Problem('access.denied', { action: 'province.sync' });
  if (!actor.scopes.includes(purposeScope(purpose))) throw new Problem('auth.scope-missing', { scope: purposeScope(purpose) });
  if (config.PROVINCE_COUNTY === undefined) throw new Problem('province.not-configured');
  return config.PROVINCE_COUNTY;
}
