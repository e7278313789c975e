import { sharedReads } from '@credit/contracts';
import { startTestService } from '@credit/testing';
import { publicity } from '../src/publicity.service';
import { Town } from './town';

describe('演示时钟', () => {
  let town: Town;
  beforeEach(async () => {
    town = await Town.open({ environment: { SETTINGS: JSON.stringify({ settleSeconds: 1 }) } });
    town.service.peer.answer(sharedReads.deadlines, []);
  });
  afterEach(() => town.close());

  it('moves midnight by midnight and lets every consequence run before the next', async () => {
    const shown = await town.posted();
    await town.service.hear('deadline.set', { owner: 'appeals', kind: 'answer', key: 'a', version: 1, lastDay: '2030-12-05' });
    const { status, body } = await town.moveSandboxClock({ to: '2030-12-10T09:00:00+08:00' });
    expect(status).toBe(200);
    expect(body).toMatchObject({ today: '2030-12-10', midnights: 9, rings: 2, parked: 0 });
    expect(await town.service.told('publication.closed')).toMatchObject([{ publicationId: shown.id }]);
    const { rows } = await town.service.admin.query<{ day: string }>(
      `SELECT (((message->>'at')::timestamptz AT TIME ZONE 'Asia/Shanghai')::date)::text AS day FROM publicity.outbox WHERE name IN ('deadline.passed', 'publication.closed') ORDER BY seq`,
    );
    expect(rows.map(({ day }) => day)).toEqual(['2030-12-06', '2030-12-09', '2030-12-09']);
  });

  it('lives through a year in which nothing is due well within a minute', async () => {
    const started = performance.now();
    const { body } = await town.moveSandboxClock({ days: 365 });
    expect(body).toMatchObject({ midnights: 365, rings: 0, today: '2031-12-01' });
    expect(performance.now() - started).toBeLessThan(20_000);
  });

  it('stops at a midnight and names who is busy when a service does not come to rest', async () => {
    town.service.peer.answer(sharedReads.settle, [{ outstanding: 2, parked: 0 }]);
    const { status, body } = await town.moveSandboxClock({ days: 3 });
    expect(status).toBe(503);
    expect(body).toMatchObject({ code: 'clock.not-quiet', facts: { busy: expect.arrayContaining([{ service: 'civility', outstanding: 2 }]) } });
    expect(await town.service.today()).toBe('2030-12-01');
  });

  it('does not wait for a service that is not running', async () => {
    town.service.peer.fail(sharedReads.settle);
    expect((await town.moveSandboxClock({ days: 1 })).body).toMatchObject({ midnights: 1 });
  });

  it('moves forward only, by one of two ways to say how far, for a system administrator', async () => {
    const code = async (body: Readonly<Record<string, unknown>>, role?: string) => (await town.moveSandboxClock(body, role)).body['code'];
    expect(await code({ to: '2030-11-30T00:00:00+08:00' })).toBe('clock.backwards');
    expect(await code({ to: 'tomorrow' })).toBe('input.invalid');
    expect(await code({})).toBe('input.invalid');
    expect(await code({ days: 1, to: '2031-01-01' })).toBe('input.invalid');
    expect(await code({ days: 5000 })).toBe('input.invalid');
    expect(await code({ days: 1 }, 'county-officer')).toBe('access.denied');
    expect(await town.service.today()).toBe('2030-12-01');
  });

  it('is refused outside a sandbox', async () => {
    const service = await startTestService(publicity, { environment: { SANDBOX: 'false' } });
    try {
      const { token } = await service.account({ posts: [{ role: 'system-admin', divisionCode: '341525000000' }] });
      const response = await fetch(`${service.url}/sandbox/clock`, { headers: { authorization: `Bearer ${token}` } });
      expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([403, 'sandbox.only']);
    } finally {
      await service.close();
    }
  });
});
