import { sharedReads } from '@credit/contracts';
import { newId } from '@credit/platform';
import { seriesOf } from '@credit/testing';
import { RingDeadlines } from '../src/deadlines/ring-deadlines';
import { Town } from './town';

const listQuery = '{ deadlines(first: 200) { rows { owner kind key version lastDay rungAt } } }';
const reconcileMutation = 'mutation ($requestId: String!, $owner: String!) { reconcileDeadlines(requestId: $requestId, owner: $owner) { owner held dropped } }';

interface Listed {
  readonly owner: string;
  readonly key: string;
  readonly lastDay: string;
  readonly version: number;
  readonly rungAt: string | null;
}

describe('期限提醒', () => {
  let town: Town;
  beforeEach(async () => {
    town = await Town.open();
    town.service.peer.answer(sharedReads.deadlines, []);
  });
  afterEach(() => town.close());

  const listed = async () => (await town.service.data<{ deadlines: { rows: Listed[] } }>(listQuery, {}, town.token('system-admin'))).deadlines.rows;
  const set = (key: string, lastDay: string, version = 1) => town.service.hear('deadline.set', { owner: 'appeals', kind: 'answer', key, version, lastDay });
  const reconcile = (owner = 'appeals') => town.service.data<{ reconcileDeadlines: unknown }>(reconcileMutation, { requestId: newId(), owner }, town.token('system-admin'));

  it('rings once for all deadlines of an owner, a kind and a day, and not before the day is over', async () => {
    for (const key of ['a', 'b', 'c']) await set(key, '2030-12-05');
    await town.service.moveClockTo('2030-12-05T23:59:40+08:00');
    expect((await town.ring()).ringDueDeadlines).toBe(0);
    await town.service.moveClockTo('2030-12-06T00:00:00+08:00');
    const unrung = async () => (await seriesOf(town.service.url)).get('backlog{work="unrung-deadlines",service="publicity"}');
    expect(await unrung()).toBe(1);
    expect((await town.ring()).ringDueDeadlines).toBe(1);
    expect(await unrung()).toBe(0);
    expect(await town.service.told('deadline.passed')).toEqual([{ owner: 'appeals', kind: 'answer', lastDay: '2030-12-05' }]);
  });

  it('rings once although two sweeps run at the same moment', async () => {
    for (const day of ['2030-12-02', '2030-12-03', '2030-12-04']) await set(day, day);
    await town.service.moveClockTo('2030-12-09');
    const sweep = town.service.app.get(RingDeadlines);
    const rings = await Promise.all([sweep.execute(), sweep.execute(), sweep.execute()]);
    expect(rings.reduce((sum, one) => sum + one, 0)).toBe(3);
    expect(await town.service.told('deadline.passed')).toHaveLength(3);
  });

  it('keeps the newer version whatever the order in which messages arrive, and heeds repeats only once', async () => {
    await set('a', '2030-12-08', 2);
    await set('a', '2030-12-05', 1);
    expect(await listed()).toMatchObject([{ key: 'a', version: 2, lastDay: '2030-12-08' }]);
    await town.service.moveClockTo('2030-12-06');
    await town.ring();
    await town.service.moveClockTo('2030-12-09');
    await town.ring();
    await set('a', '2030-12-08', 2);
    await town.ring();
    expect(await town.service.told('deadline.passed')).toEqual([{ owner: 'appeals', kind: 'answer', lastDay: '2030-12-08' }]);
  });

  it('does not ring for what was cleared, and rings again for a deadline heard after the ring', async () => {
    await set('a', '2030-12-03');
    await town.service.hear('deadline.cleared', { owner: 'appeals', kind: 'answer', key: 'a' });
    await set('b', '2030-12-04');
    await town.service.moveClockTo('2030-12-06');
    expect((await town.ring()).ringDueDeadlines).toBe(1);
    await set('late', '2030-12-04');
    expect((await town.ring()).ringDueDeadlines).toBe(1);
  });

  it('rebuilds lost alarms from the owner and drops those the owner no longer holds', async () => {
    await set('gone', '2030-12-20');
    town.service.peer.answer(sharedReads.deadlines, [
      { kind: 'answer', key: 'lost', version: 1, lastDay: '2030-12-10' },
      { kind: 'answer-reminder', key: 'lost', version: 1, lastDay: '2030-12-08' },
    ]);
    expect((await reconcile()).reconcileDeadlines).toEqual({ owner: 'appeals', held: 2, dropped: 1 });
    expect((await listed()).map(({ key, lastDay }) => [key, lastDay])).toEqual([
      ['lost', '2030-12-08'],
      ['lost', '2030-12-10'],
    ]);
    await town.service.moveClockTo('2030-12-11');
    expect((await town.ring()).ringDueDeadlines).toBe(2);
    await reconcile();
    expect((await town.ring()).ringDueDeadlines).toBe(0);
  });

  it('keeps every alarm when the owner cannot be read', async () => {
    await set('a', '2030-12-20');
    town.service.peer.fail(sharedReads.deadlines);
    const refused = await town.service.refused(reconcileMutation, { requestId: newId(), owner: 'appeals' }, town.token('system-admin'));
    expect(refused.code).toBe('peer.unavailable');
    expect(await listed()).toHaveLength(1);
  });

  it('rebuilds the alarms of its own publications', async () => {
    const shown = await town.posted();
    await town.service.admin.query('DELETE FROM publicity.deadline; DELETE FROM publicity.alarm');
    expect((await reconcile('publicity')).reconcileDeadlines).toMatchObject({ held: 1 });
    await town.service.moveClockTo('2030-12-09');
    await town.ring();
    expect(await town.service.toldOne('publication.closed')).toMatchObject({ publicationId: shown.id });
  });

  it('closes each publication once although the ring is heard again and again', async () => {
    await town.posted();
    await town.posted({ key: newId() });
    await town.service.moveClockTo('2030-12-09');
    for (let time = 0; time < 3; time += 1) await town.service.hear('deadline.passed', { owner: 'publicity', kind: 'publication', lastDay: '2030-12-08' });
    expect(await town.service.told('publication.closed')).toHaveLength(2);
  });

  it('makes up at the next start what passed while it was stopped', async () => {
    await set('a', '2030-12-03');
    await town.service.moveClockTo('2030-12-06');
    await town.service.restart();
    await town.service.toldOne('deadline.passed');
  });
});
