import type { AskOf, InternalRead, RowOf, Service } from '@credit/contracts';
import type { DeploymentSecrets } from '@credit/testing';
import { importJWK, type JWK, SignJWT } from 'jose';

/** Another service of the deployment that asks this one: it signs with its own key, as the platform does. */
export async function askAs<R extends InternalRead>(caller: Service, secrets: DeploymentSecrets, url: string, owner: Service, read: R, ask: AskOf<R>): Promise<RowOf<R>[]> {
  const key: JWK = secrets.serviceKeys[caller];
  const token = await new SignJWT({})
    .setProtectedHeader({ alg: 'EdDSA', kid: caller })
    .setIssuer(`service:${caller}`)
    .setAudience(`service:${owner}`)
    .setExpirationTime('1m')
    .sign(await importJWK(key, 'EdDSA'));
  const response = await fetch(`${url}/internal/${read.name}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(ask),
  });
  if (!response.ok) throw new Error(`${read.name} answered ${response.status}`);
  const lines = (await response.text()).trim().split('\n');
  if (lines.pop() !== '.') throw new Error(`${read.name} was cut off`);
  return lines.map((line) => read.row.parse(JSON.parse(line)) as RowOf<R>);
}
