import { newId } from '@credit/platform';
import { seriesOf, startTestService, type TestService } from '@credit/testing';
import { sample } from './sample-service';

/** Posts held stand in for matters to deal with: the day each begins is its last day. */
const definition = {
  ...sample,
  duties: [{ duty: 'answer', zh: '答复', clause: '三(三)3', open: "SELECT from_on FROM post WHERE role = 'collector'" }],
  backlogs: [{ work: 'posts', zh: '任职', rows: "SELECT 1 FROM post WHERE role = 'collector'" }],
};
const village = '341525109204';
let service: TestService;
let admin: string;

beforeAll(async () => {
  service = await startTestService(definition, { environment: { RELAY_EVERY_SECONDS: '3600', SEAL_EVERY_SECONDS: '3600' } });
  await service.moveClockTo('2030-03-20');
  admin = (await service.account({ posts: [{ role: 'system-admin', divisionCode: '341525000000' }] })).token;
  const due = ['2030-03-25', '2030-03-20', '2030-03-19', '2030-03-17', '2030-03-16', '2030-03-10', '2030-03-09', '2029-01-01'];
  await service.account({ posts: due.map((fromOn) => ({ role: 'collector', divisionCode: village, fromOn })) });
});
afterAll(() => service.close());

const metrics = (): Promise<Map<string, number>> => seriesOf(service.url);

describe('the figures of a service', () => {
  it('count each duty: what is open, due today, and overdue by how long', async () => {
    const figures = await metrics();
    const of = (name: string, more = ''): number | undefined => figures.get(`${name}{duty="answer"${more},service="appeals"}`);
    expect([of('duty_open'), of('duty_due_today')]).toEqual([8, 1]);
    expect(['1-3', '4-10', '11-30', '31+'].map((days) => of('duty_overdue', `,days="${days}"`))).toEqual([2, 2, 1, 1]);
    expect(figures.get('backlog{work="posts",service="appeals"}')).toBe(8);
  });

  it('tell of the outbox, what was parked, the audit trail, the queue, the repair of every sender and the pools', async () => {
    const figures = await metrics();
    for (const name of ['outbox_unsent', 'messages_parked']) expect([name, figures.get(`${name}{service="appeals"}`)]).toEqual([name, 0]);
    expect(figures.get('queue_waiting{queue="appeals",service="appeals"}')).toBe(0);
    expect(figures.get('repair_age_seconds{sender="archives",service="appeals"}')).toBeGreaterThan(0);
    for (const pool of ['deciding', 'reading']) expect(figures.get(`pool_waiting{pool="${pool}",service="appeals"}`)).toBe(0);
    for (const source of ['database', 'queue', 'repair', 'pools']) expect(figures.get(`figures_readable{source="${source}",service="appeals"}`)).toBe(1);
  });

  it('say how long the oldest message waits for its queue, and an audit line for its seal', async () => {
    await service.admin.query("INSERT INTO appeals.outbox (id, name, hearers, message, recorded_at, relayed_at) VALUES ($1, 'post.changed', '{}', '{}', clock_timestamp() - interval '1 hour', NULL)", [newId()]);
    await service.admin.query("INSERT INTO appeals.audit (at, actor, action, subject, facts) VALUES (platform.now() - interval '2 hours', 'system:self', 'test.done', 'x', '{}')");
    const figures = await metrics();
    expect(figures.get('outbox_age_seconds{service="appeals"}')).toBeGreaterThanOrEqual(3_600);
    expect(figures.get('audit_unsealed_age_seconds{service="appeals"}')).toBeGreaterThanOrEqual(7_200);
  });

  it('are open to those who watch the system, and to nobody else', async () => {
    const ask = (token: string): Promise<Response> => fetch(`${service.url}/ops/figures`, { headers: { authorization: `Bearer ${token}` } });
    expect(await (await ask(admin)).json()).toMatchObject({ duties: [{ duty: 'answer', zh: '答复', clause: '三(三)3', open: 8, dueToday: 1 }], messagesParked: 0 });
    const { token } = await service.account({ posts: [{ role: 'village-clerk', divisionCode: village }] });
    expect((await ask(token)).status).toBe(403);
  });

  it('are absent while their source is away, and the rest is answered', async () => {
    await service.admin.query('ALTER TABLE appeals.parked_message RENAME TO parked_message_away');
    const figures = await metrics();
    await service.admin.query('ALTER TABLE appeals.parked_message_away RENAME TO parked_message');
    expect([...figures.keys()].filter((name) => /^(messages_parked|duty_open)/.test(name))).toEqual([]);
    expect(figures.get('figures_readable{source="database",service="appeals"}')).toBe(0);
    expect(figures.get('queue_waiting{queue="appeals",service="appeals"}')).toBe(0);
    expect((await metrics()).get('messages_parked{service="appeals"}')).toBe(0);
  });
});
