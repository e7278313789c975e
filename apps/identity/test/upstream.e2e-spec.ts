import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId } from '@credit/platform';
import { Browser, freePort, signIn, signInByLink, type SignInFlow, startTestService, type TestService } from '@credit/testing';
import { decodeJwt } from 'jose';
import { identity } from '../src/identity.service';
import { startUnitProvider, type UnitProvider } from './unit-provider';

const audience = 'urn:credit-village';
const redirectUri = 'http://127.0.0.1:1/sign-in/callback';

describe('signing in at the unit’s own OpenID provider', () => {
  let unit: UnitProvider;
  let service: TestService;
  let flow: SignInFlow;
  let administrator: string;
  let accountId: string;

  beforeAll(async () => {
    unit = await startUnitProvider();
    const port = await freePort();
    const bootstrapFile = join(mkdtempSync(join(tmpdir(), 'identity-')), 'administrators.json');
    const issuer = `http://127.0.0.1:${port}/oidc`;
    flow = { issuer, clientId: 'county-frontend', redirectUri, audience };
    const upstream = { name: '霍山县统一身份认证', issuer: unit.issuer, clientId: unit.clientId, clientSecret: unit.clientSecret };
    service = await startTestService(identity, { environment: { PORT: String(port), OIDC_ISSUER: issuer, SETTINGS: JSON.stringify({ bootstrapFile, redirectUris: [redirectUri], upstream }) } });
    const password = (JSON.parse(readFileSync(bootstrapFile, 'utf8')) as Record<string, string>)['system-admin'] ?? '';
    administrator = await tokenOf(signIn(flow, 'staff', { loginName: 'system-admin', password }));
    const made = await service.data<{ createAccount: { accountId: string } }>(
      'mutation ($input: CreateAccountArgs!) { createAccount(input: $input) { accountId } }',
      { input: { requestId: newId(), loginName: 'wang.li', name: '王丽', password: 'a-Long-passphrase-1' } },
      administrator,
    );
    accountId = made.createAccount.accountId;
  });
  afterAll(async () => {
    await service.close();
    await unit.close();
  });

  const tokenOf = async (result: ReturnType<typeof signIn>): Promise<string> => {
    const signedIn = await result;
    if ('refused' in signedIn) throw new Error(signedIn.refused);
    return signedIn.token;
  };
  const linkMutation = 'mutation ($input: LinkAccountArgs!) { linkAccount(input: $input) { accountId } }';
  const byUnit = (subject: string) => {
    unit.signedIn = subject;
    return signInByLink(flow, 'upstream');
  };

  it('is refused to a person whom no account is linked to, with what to do', async () => {
    expect(await byUnit('u-1001')).toMatchObject({ refused: expect.stringMatching(/没有关联本系统的账号。请联系/) });
  });

  it('signs in the linked account, whose password then opens nothing', async () => {
    await service.data(linkMutation, { input: { requestId: newId(), accountId, subject: 'u-1001' } }, administrator);
    expect(decodeJwt(await tokenOf(byUnit('u-1001')))).toMatchObject({ iss: flow.issuer, sub: accountId, kind: 'account' });
    expect(await signIn(flow, 'staff', { loginName: 'wang.li', password: 'a-Long-passphrase-1' })).toHaveProperty('refused');
    expect(await byUnit('u-1002')).toHaveProperty('refused');
  });

  it('links a subject to one account only, and by the system administrator only', async () => {
    const other = await service.data<{ createAccount: { accountId: string } }>(
      'mutation ($input: CreateAccountArgs!) { createAccount(input: $input) { accountId } }',
      { input: { requestId: newId(), loginName: 'li.si', name: '李四', password: 'a-Long-passphrase-1' } },
      administrator,
    );
    const linking = { input: { requestId: newId(), accountId: other.createAccount.accountId, subject: 'u-1001' } };
    expect(await service.refused(linkMutation, linking, administrator)).toMatchObject({ code: 'account.subject-taken' });
    expect(await service.refused(linkMutation, linking, await tokenOf(byUnit('u-1001')))).toMatchObject({ code: 'access.denied' });
    expect(await signIn(flow, 'staff', { loginName: 'li.si', password: 'a-Long-passphrase-1' })).toHaveProperty('token');
  });

  it.each(['key', 'nonce'] as const)('refuses an answer with a forged %s', async (part) => {
    unit.forge = part;
    expect(await byUnit('u-1001')).toMatchObject({ refused: expect.stringMatching(/统一认证没有完成/) });
    unit.forge = null;
  });

  it('refuses an answer that belongs to the sign-in of another browser', async () => {
    const stranger = new Browser();
    const answer = await stranger.request(`${service.url}/interaction/upstream/callback?code=x&state=somebody.state`);
    expect(answer.status).toBe(303);
    expect((await stranger.request(new URL(answer.location ?? '', service.url).toString())).status).toBe(401);
    expect((await stranger.request(`${service.url}/interaction/upstream/callback?code=x`)).status).toBe(401);
  });
});
