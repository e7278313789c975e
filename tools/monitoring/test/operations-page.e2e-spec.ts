import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId } from '@credit/platform';
import { Browser, createTestDatabase, type TestDatabase } from '@credit/testing';
import { Client } from 'pg';
import { type RunningSystem, startSystem } from '../../system/system';

interface Form {
  readonly service: string;
  readonly messageId: string;
  readonly requestId: string;
  readonly formToken: string;
}

describe('the operators’ page', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'credit-operations-'));
  let database: TestDatabase;
  let admin: Client;
  let system: RunningSystem;
  const people = new Map<string, Browser>();

  beforeAll(async () => {
    database = await createTestDatabase();
    admin = new Client({ connectionString: database.adminUrl });
    await admin.connect();
    system = await startSystem({ adminUrl: database.adminUrl, roleSecret: database.roleSecret, dataDir, port: 0, sandbox: true, environment: { LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'silent' } });
    const passwords = JSON.parse(readFileSync(system.bootstrapFile, 'utf8')) as Record<string, string>;
    for (const role of ['system-admin', 'audit-admin', 'security-admin']) {
      const browser = new Browser();
      const { page } = await browser.follow(`${system.urls.gateway}/sign-in`, 'nowhere');
      const home = await browser.follow(`${page?.url}/staff`, 'nowhere', { loginName: role, password: passwords[role] ?? '' });
      expect([role, home.page?.status, home.page?.url]).toEqual([role, 200, `${system.urls.gateway}/`]);
      people.set(role, browser);
    }
  }, 60_000);
  afterAll(async () => {
    await system.close();
    await admin.end();
    await database.drop();
    rmSync(dataDir, { recursive: true, force: true });
  }, 60_000);

  const asking = (role: string): Browser => people.get(role) ?? new Browser();
  const look = async (role: string, query = ''): Promise<{ status: number; text: string }> => asking(role).request(`${system.urls.gateway}/operations${query}`);
  const formsOf = (page: string): Form[] =>
    [...page.matchAll(/<form[^>]*action="\/operations\/replay">([^]*?)<\/form>/g)].map(([, inputs = '']) => Object.fromEntries([...inputs.matchAll(/name="(\w+)" value="([^"]*)"/g)].map(([, name, value]) => [name, value])) as unknown as Form);
  const send = (role: string, form: object): ReturnType<Browser['request']> => asking(role).request(`${system.urls.gateway}/operations/replay`, { ...form });
  const audited = async (messageId: string): Promise<number> => (await admin.query("SELECT 1 FROM rating.audit WHERE action = 'message.replayed' AND subject = $1", [messageId])).rowCount ?? 0;

  /** A message that failed every try, as if the cause had been mended since. */
  const park = async (data: object): Promise<string> => {
    const id = newId();
    const message = { id, name: 'post.changed', version: 1, at: new Date().toISOString(), actorId: null, causeId: null, requestId: 'request-of-somebody', data };
    await admin.query("INSERT INTO rating.parked_message (message_id, name, message, reason) VALUES ($1, 'post.changed', $2, 'Error:<b>')", [id, JSON.stringify(message)]);
    return id;
  };
  const post = (): object => ({ postId: newId(), accountId: newId(), role: 'collector', divisionCode: '341525109204', organisation: null, fromOn: '2020-01-01', toOn: null, version: 1 });
  const formOf = async (messageId: string): Promise<Form> => {
    const form = formsOf((await look('system-admin')).text).find((one) => one.messageId === messageId);
    if (!form) throw new Error('the page has no form for that message');
    return form;
  };

  it('shows every service, its duties with their clauses, what waits, and nothing parked', async () => {
    const { status, text } = await look('system-admin');
    expect(status).toBe(200);
    if (process.env['KEEP_PAGE']) writeFileSync(process.env['KEEP_PAGE'], text);
    for (const name of ['identity', 'archives', 'civility', 'publicity', 'appeals', 'rating', 'exchange']) expect(text).toContain(`<small>${name}</small></th><td>运行</td>`);
    for (const shown of ['答复异议（复议）', '三(三)3', '已过未响的期限', '没有搁置的消息']) expect(text).toContain(shown);
  });

  it('is one page without scripts that no cache keeps and no other site frames', async () => {
    const { headers } = await fetch(`${system.urls.gateway}/operations`);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(headers.get('cache-control')).toBe('no-store');
    expect((await look('system-admin')).text).not.toMatch(/<script|\sstyle=|\son\w+=/);
  });

  it('replays a parked message by its button, once however often it is pressed, and the audit trail says so', async () => {
    const messageId = await park(post());
    const page = (await look('system-admin')).text;
    expect(page).toContain('request-of-somebody');
    expect(page).toContain('Error:&#60;b&#62;');
    const form = await formOf(messageId);
    const answers = [await send('system-admin', form), await send('system-admin', form)];
    expect(answers.map(({ status, location }) => [status, location])).toEqual([[303, '/operations?replayed=1'], [303, '/operations?replayed=1']]);
    expect((await look('system-admin', '?replayed=1')).text).toContain('消息已重放');
    expect(formsOf((await look('system-admin')).text)).toEqual([]);
    expect((await admin.query('SELECT 1 FROM rating.inbox WHERE message_id = $1', [messageId])).rowCount).toBe(1);
    expect(await audited(messageId)).toBe(1);
  });

  it('says why a message could not be replayed, and keeps it', async () => {
    const messageId = await park({ postId: 'nonsense' });
    const answer = await send('system-admin', await formOf(messageId));
    expect(answer.location).toBe('/operations?problem=input.invalid');
    expect((await look('system-admin', '?problem=input.invalid')).text).toContain('没有重放成功');
    expect((await formOf(messageId)).messageId).toBe(messageId);
    await admin.query('DELETE FROM rating.parked_message WHERE message_id = $1', [messageId]);
  });

  it('refuses a form it did not give to this session, and replays nothing', async () => {
    const messageId = await park(post());
    const form = await formOf(messageId);
    const proofOfAnother = /name="formToken" value="([^"]*)"/.exec((await look('system-admin')).text)?.[1] ?? '';
    for (const formToken of ['', 'made-up', proofOfAnother.split('').toReversed().join('')]) expect((await send('system-admin', { ...form, formToken })).status).toBe(403);
    expect((await send('audit-admin', form)).status).toBe(403);
    expect((await send('nobody', form)).status).toBe(401);
    expect(await audited(messageId)).toBe(0);
    await admin.query('DELETE FROM rating.parked_message WHERE message_id = $1', [messageId]);
  });

  it('lets the audit administrator look and not replay, and nobody else look', async () => {
    await park(post());
    const auditor = await look('audit-admin');
    expect(auditor.status).toBe(200);
    expect(auditor.text).toContain('不能重放');
    expect(formsOf(auditor.text)).toEqual([]);
    const refused = await look('security-admin');
    expect([refused.status, refused.text.includes('您当前的任职没有这项权限')]).toEqual([403, true]);
    const stranger = await look('nobody');
    expect([stranger.status, stranger.text.includes('尚未登录')]).toEqual([401, true]);
  });

  it('shows a service whose tables cannot be read as away, and the others as before', async () => {
    await admin.query('ALTER TABLE appeals.parked_message RENAME TO parked_away');
    const { text } = await look('system-admin');
    await admin.query('ALTER TABLE appeals.parked_away RENAME TO parked_message');
    expect(text).toMatch(/<small>appeals<\/small><\/th><td class="wrong">不可达/);
    expect(text).toContain('<small>rating</small></th><td>运行</td>');
  });
});
