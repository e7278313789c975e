import { readFileSync, statSync } from 'node:fs';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { archivesReads, identityReads } from '@credit/contracts';
import { newId } from '@credit/platform';
import { freePort, signIn, type SignInFlow, startTestService, type TestService } from '@credit/testing';
import { decodeJwt, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { identity } from '../src/identity.service';

const county = '341525000000';
const audience = 'urn:credit-village';

describe('identity', () => {
  let service: TestService;
  let flow: SignInFlow;
  let bootstrapFile: string;
  let first: Record<string, string>;
  let request = 0;
  const requestId = (): string => `request-${(request += 1)}`;
  const tokens: Record<string, string> = {};

  beforeAll(async () => {
    const port = await freePort();
    bootstrapFile = join(mkdtempSync(join(tmpdir(), 'identity-')), 'administrators.json');
    const issuer = `http://127.0.0.1:${port}/oidc`;
    const redirectUri = 'http://127.0.0.1:1/sign-in/callback';
    flow = { issuer, clientId: 'county-frontend', redirectUri, audience };
    service = await startTestService(identity, { environment: { PORT: String(port), OIDC_ISSUER: issuer, SETTINGS: JSON.stringify({ bootstrapFile, redirectUris: [redirectUri] }) } });
    first = JSON.parse(readFileSync(bootstrapFile, 'utf8')) as Record<string, string>;
  });
  afterAll(() => service.close());

  const staff = async (loginName: string, password: string): Promise<string> => {
    const result = await signIn(flow, 'staff', { loginName, password });
    if ('refused' in result) throw new Error(`${loginName} was refused: ${result.refused}`);
    return result.token;
  };
  const mutate = <T>(field: string, type: string, input: object, token: string, answer: string): Promise<T> =>
    service.data<Record<string, T>>(`mutation ($input: ${type}!) { ${field}(input: $input) { ${answer} } }`, { input: { requestId: requestId(), ...input } }, token).then((data) => data[field] as T);

  it('begins with three administrators, three people, whose passwords stand in one file only its owner can read', async () => {
    expect(Object.keys(first).toSorted()).toEqual(['audit-admin', 'security-admin', 'system-admin']);
    expect(statSync(bootstrapFile).mode & 0o077).toBe(0);
    for (const role of Object.keys(first)) tokens[role] = await staff(role, first[role] ?? '');
    const { me } = await service.data<{ me: { posts: { role: string }[]; actions: string[] } }>('{ me { posts { role } actions } }', {}, tokens['system-admin']);
    expect(me.posts).toEqual([{ role: 'system-admin' }]);
    expect(me.actions).toContain('identity.account.manage');
    expect(me.actions).not.toContain('identity.post.manage');
  });

  it('gives a token that says who, never what', () => {
    const claims = decodeJwt(tokens['system-admin'] ?? '');
    expect(claims).toMatchObject({ kind: 'account', aud: audience, iss: flow.issuer });
    expect(JSON.stringify(claims)).not.toContain('system-admin');
  });

  it('lets the system administrator make accounts and the security administrator give posts, and neither do the other’s work', async () => {
    const { accountId } = await mutate<{ accountId: string }>('createAccount', 'CreateAccountArgs', { loginName: 'wang.li', name: '王丽', password: 'a-Long-passphrase-1' }, tokens['system-admin'] ?? '', 'accountId');
    const post = { accountId, role: 'town-officer', divisionCode: '341525109000' };
    expect(await service.refused('mutation ($input: GivePostArgs!) { givePost(input: $input) { postId } }', { input: { requestId: requestId(), ...post } }, tokens['system-admin'])).toMatchObject({ code: 'access.denied' });
    await mutate('givePost', 'GivePostArgs', post, tokens['security-admin'] ?? '', 'postId');
    expect((await service.told('post.changed')).at(-1)).toMatchObject({ accountId, role: 'town-officer', divisionCode: '341525109000', toOn: null, version: 1 });
    const token = await staff('wang.li', 'a-Long-passphrase-1');
    await service.until(async () => (await service.graph<{ me: { posts: unknown[] } }>('{ me { posts { role } } }', {}, token)).data?.me.posts.length === 1, 'the post to be projected');
  });

  it.each([
    ['a role at another level', { role: 'town-officer', divisionCode: '341525109204' }, 'post.wrong-level'],
    ['a role that is none', { role: 'emperor', divisionCode: county }, 'post.unknown-role'],
    ['a division that is none', { role: 'town-officer', divisionCode: '34152510920' }, 'input.invalid'],
    ['a post that ends before it begins', { role: 'county-officer', divisionCode: county, fromOn: '2026-05-02', toOn: '2026-05-01' }, 'input.invalid'],
  ])('refuses %s', async (_what, post, code) => {
    const { accounts } = await service.data<{ accounts: { rows: { id: string; loginName: string }[] } }>('{ accounts { rows { id loginName } } }', {}, tokens['security-admin']);
    const accountId = accounts.rows.find((row) => row.loginName === 'wang.li')?.id;
    expect(await service.refused('mutation ($input: GivePostArgs!) { givePost(input: $input) { postId } }', { input: { requestId: requestId(), accountId, ...post } }, tokens['security-admin'])).toMatchObject({ code });
  });

  it('keeps the three administrators apart, and nobody gives a post to themselves', async () => {
    const { accounts } = await service.data<{ accounts: { rows: { id: string; loginName: string }[] } }>('{ accounts { rows { id loginName } } }', {}, tokens['security-admin']);
    const idOf = (loginName: string) => accounts.rows.find((row) => row.loginName === loginName)?.id;
    const give = (accountId: string | undefined, role: string) =>
      service.refused('mutation ($input: GivePostArgs!) { givePost(input: $input) { postId } }', { input: { requestId: requestId(), accountId, role, divisionCode: county } }, tokens['security-admin']);
    expect(await give(idOf('system-admin'), 'audit-admin')).toMatchObject({ code: 'post.separated-roles' });
    expect(await give(idOf('security-admin'), 'county-officer')).toMatchObject({ code: 'post.to-oneself' });
  });

  it('ends a post with its day and tells every service', async () => {
    const { posts } = await service.data<{ posts: { rows: { id: string; role: string }[] } }>('{ posts { rows { id role } } }', {}, tokens['security-admin']);
    const postId = posts.rows.find((row) => row.role === 'town-officer')?.id;
    await mutate('endPost', 'EndPostArgs', { postId }, tokens['security-admin'] ?? '', 'postId');
    expect((await service.told('post.changed')).at(-1)).toMatchObject({ postId, version: 2, toOn: await service.today() });
  });

  it('answers a wrong password and an unknown name alike, and locks after five failures', async () => {
    const unknown = await signIn(flow, 'staff', { loginName: 'nobody', password: 'a-Long-passphrase-1' });
    const wrong = await signIn(flow, 'staff', { loginName: 'wang.li', password: 'wrong-wrong-wrong' });
    const sentence = (result: object) => /role="alert">([^<]*)</.exec('refused' in result ? String(result.refused) : '')?.[1];
    expect(sentence(unknown)).toMatch(/登录信息不正确/);
    expect(sentence(wrong)).toBe(sentence(unknown));
    for (let tries = 1; tries < 5; tries += 1) await signIn(flow, 'staff', { loginName: 'wang.li', password: 'wrong-wrong-wrong' });
    expect(await signIn(flow, 'staff', { loginName: 'wang.li', password: 'a-Long-passphrase-1' })).toHaveProperty('refused');

    const { accounts } = await service.data<{ accounts: { rows: { id: string; loginName: string; locked: boolean }[] } }>('{ accounts { rows { id loginName locked } } }', {}, tokens['system-admin']);
    const account = accounts.rows.find((row) => row.loginName === 'wang.li');
    expect(account?.locked).toBe(true);
    await mutate('unlockAccount', 'UnlockAccountArgs', { accountId: account?.id }, tokens['system-admin'] ?? '', 'accountId');
    expect(await signIn(flow, 'staff', { loginName: 'wang.li', password: 'a-Long-passphrase-1' })).toHaveProperty('token');
  });

  it('refuses a weak password and a login name that is taken', async () => {
    const create = (loginName: string, password: string) =>
      service.refused('mutation ($input: CreateAccountArgs!) { createAccount(input: $input) { accountId } }', { input: { requestId: requestId(), loginName, name: '李四', password } }, tokens['system-admin']);
    expect(await create('li.si', 'short')).toMatchObject({ code: 'account.password-weak' });
    expect(await create('li.si', 'aaaaaaaaaaaaaaaa')).toMatchObject({ code: 'account.password-weak' });
    expect(await create('wang.li', 'a-Long-passphrase-1')).toMatchObject({ code: 'account.login-name-taken' });
  });

  it('gives a bank a token for its signed assertion and for nothing else', async () => {
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
    const jwks = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'b1', alg: 'ES256', use: 'sig' }] });
    const register = (keys: string) => service.graph<{ registerClient: { clientId: string } }>('mutation ($input: RegisterClientArgs!) { registerClient(input: $input) { clientId } }', { input: { requestId: requestId(), name: '霍山农商行', kind: 'bank', jwks: keys } }, tokens['system-admin']);
    const leaked = JSON.stringify({ keys: [{ ...(await exportJWK(privateKey)), kid: 'b1' }] });
    expect((await register(leaked)).errors?.[0]?.extensions.code).toBe('client.keys-invalid');
    const clientId = (await register(jwks)).data?.registerClient.clientId ?? '';
    const ask = async (key: typeof privateKey, scope = 'credit') => {
      const assertion = await new SignJWT({ jti: newId() }).setProtectedHeader({ alg: 'ES256', kid: 'b1' }).setIssuer(clientId).setSubject(clientId).setAudience(flow.issuer).setIssuedAt().setExpirationTime('1m').sign(key);
      const body = new URLSearchParams({ grant_type: 'client_credentials', client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer', client_assertion: assertion, scope, resource: audience });
      return (await (await fetch(`${flow.issuer}/token`, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body })).json()) as { access_token?: string; error?: string };
    };
    const answer = await ask(privateKey);
    expect(decodeJwt(answer.access_token ?? '')).toMatchObject({ sub: clientId, kind: 'client', aud: audience });
    expect(decodeJwt((await ask(privateKey, 'credit purpose:loan')).access_token ?? '')).toMatchObject({ scope: 'credit purpose:loan' });
    const other = await generateKeyPair('ES256', { extractable: true });
    expect(await ask(other.privateKey)).toMatchObject({ error: 'invalid_client' });
  });

  it('gives a client no purpose it is not registered for', async () => {
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
    const jwks = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'b1', alg: 'ES256', use: 'sig' }] });
    const register = (name: string, purposes: string[]) =>
      service.graph<{ registerClient: { clientId: string } }>('mutation ($input: RegisterClientArgs!) { registerClient(input: $input) { clientId } }', { input: { requestId: requestId(), name, kind: 'bank', jwks, purposes } }, tokens['system-admin']);
    expect((await register('什么都要', ['everything'])).errors?.[0]?.extensions).toMatchObject({ code: 'input.invalid', faults: [{ path: 'purposes' }] });
    const clientId = (await register('县农业保险', ['insurance'])).data?.registerClient.clientId ?? '';
    expect(await service.ask(identityReads.clients, { clientIds: [clientId, newId()] }, 'exchange')).toEqual([{ clientId, kind: 'bank', purposes: ['insurance'], active: true }]);
    const assertion = await new SignJWT({ jti: newId() }).setProtectedHeader({ alg: 'ES256', kid: 'b1' }).setIssuer(clientId).setSubject(clientId).setAudience(flow.issuer).setIssuedAt().setExpirationTime('1m').sign(privateKey);
    const body = new URLSearchParams({ grant_type: 'client_credentials', client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer', client_assertion: assertion, scope: 'credit purpose:loan purpose:insurance', resource: audience });
    const answer = (await (await fetch(`${flow.issuer}/token`, { method: 'POST', body })).json()) as { access_token?: string };
    expect(decodeJwt(answer.access_token ?? '')).toMatchObject({ scope: 'credit purpose:insurance' });
  });

  it('signs a villager in by the code on the slip and the last four of the ID, and limits tries', async () => {
    const [householdId, memberId] = [newId(), newId()];
    const [slip] = await service.ask(identityReads.slipCodes, { householdIds: [householdId] }, 'publicity');
    expect(slip?.code).toMatch(/^[2-9A-Z]{12}$/);
    expect((await service.ask(identityReads.slipCodes, { householdIds: [householdId] }, 'publicity'))[0]?.code).toBe(slip?.code);
    service.peer.answer(archivesReads.memberByTail, (ask) => (ask.householdId === householdId && ask.tail === '123X' ? [{ memberId, divisionCode: '341525109204' }] : []));
    const result = await signIn(flow, 'slip', { code: slip?.code.toLowerCase() ?? '', tail: '123x' });
    expect('token' in result && decodeJwt(result.token)).toMatchObject({ kind: 'villager', sub: memberId, household_id: householdId });
    for (let tries = 0; tries < 5; tries += 1) expect(await signIn(flow, 'slip', { code: slip?.code ?? '', tail: '0000' })).toHaveProperty('refused');
    expect(await signIn(flow, 'slip', { code: slip?.code ?? '', tail: '123X' })).toHaveProperty('refused');
  });

  it('refuses a code of an interaction by another browser', async () => {
    const answer = await fetch(`${service.url}/interaction/somebody-elses/staff`, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'loginName=a&password=b' });
    expect(answer.status).toBe(401);
  });

  it('keeps its keys over a restart: tokens given before still count', async () => {
    await service.restart();
    expect((await service.graph<{ me: { loginName: string } }>('{ me { loginName } }', {}, tokens['audit-admin'])).data?.me.loginName).toBe('audit-admin');
  });

  it('shows the audit administrator what was done, and keeps names out of it and out of plain columns', async () => {
    const { auditLines } = await service.data<{ auditLines: { rows: { action: string; facts: string }[] } }>('{ auditLines(first: 200) { rows { action facts } } }', {}, tokens['audit-admin']);
    expect(auditLines.rows.map((row) => row.action)).toEqual(expect.arrayContaining(['account.created', 'post.given', 'post.ended', 'signed-in', 'client.registered']));
    const { rows } = await service.admin.query<{ text: string }>('SELECT account::text AS text FROM identity.account UNION ALL SELECT audit::text FROM identity.audit');
    expect(rows.map((row) => row.text).join()).not.toMatch(/王丽|passphrase/);
  });
});
