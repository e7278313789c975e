import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { newId } from '@credit/platform';
import { signature } from '../src/webhook/signature';
import { deliveryMutation, groups, type Shown, Town, village, withdrawMutation } from './town';

const secret = 'a-secret-of-the-operator';
const broadcastMutation = 'mutation ($input: RecordBroadcastInput!) { recordBroadcast(input: $input) { divisionCode stillToTell } }';
const triedQuery = 'query ($id: ID!) { notYetTold(publicationId: $id, first: 200) { rows { id subjectId tried { channel channelName outcome times lastOn } } } }';

interface Sent {
  readonly id: string;
  readonly attempt: number;
}
interface Tried {
  readonly channel: string;
  readonly channelName: string;
  readonly outcome: string;
  readonly times: number;
  readonly lastOn: string;
}
type Open = { id: string; subjectId: string; tried: Tried[] };

describe('运营方回执与广播告知', () => {
  const sent: Sent[] = [];
  let operator: Server;
  /** What the operator does before it answers a request. */
  let beforeAnswer: (notifications: readonly Sent[]) => Promise<unknown>;
  let town: Town;
  let shown: Shown;
  let clerk: string;
  beforeEach(async () => {
    sent.length = 0;
    beforeAnswer = () => Promise.resolve();
    operator = createServer((request, response) => {
      const take = async (): Promise<void> => {
        const { notifications } = JSON.parse(await text(request)) as { notifications: Sent[] };
        await beforeAnswer(notifications);
        sent.push(...notifications);
        response.writeHead(204).end();
      };
      take().catch(() => response.destroy());
    });
    await new Promise<void>((resolve) => operator.listen(0, '127.0.0.1', resolve));
    const notificationWebhook = { url: `http://127.0.0.1:${(operator.address() as AddressInfo).port}/`, secret, retrySeconds: 0.05 };
    town = await Town.open({ environment: { SETTINGS: JSON.stringify({ notificationWebhook }) } });
    clerk = town.token('village-clerk');
    shown = await town.posted();
    await town.service.until(() => Promise.resolve(sent.length === 6), 'six messages to reach the operator');
    await town.service.until(async () => (await open()).every(({ tried }) => tried.some(({ channel }) => channel === 'webhook')), 'what was sent to be recorded');
  });
  afterEach(async () => {
    await town.close();
    operator.closeAllConnections();
    operator.close();
  });

  const open = async (): Promise<Open[]> => (await town.service.data<{ notYetTold: { rows: Open[] } }>(triedQuery, { id: shown.id }, clerk)).notYetTold.rows;
  const triedBy = async (id: string, channel: string): Promise<Tried[]> => (await open()).find((one) => one.id === id)?.tried.filter((one) => one.channel === channel) ?? [];
  const report = async (receipts: unknown, sign: (body: string) => string = (body) => signature(secret, Math.floor(Date.now() / 1000), body)) => {
    const body = JSON.stringify({ receipts });
    const response = await fetch(`${town.service.url}/v1/notifications/receipts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-credit-signature': sign(body) },
      body,
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const firstSent = (): string => sent[0]?.id ?? '';

  it('takes a signed receipt once: delivered to a telephone, which is not yet told', async () => {
    const receipts = [{ notificationId: firstSent(), attempt: 1, outcome: 'delivered' }];
    expect(await report(receipts)).toEqual({ status: 200, body: { taken: 1, ignored: 0 } });
    expect(await report(receipts)).toEqual({ status: 200, body: { taken: 0, ignored: 1 } });
    expect(await triedBy(firstSent(), 'webhook')).toMatchObject([
      { outcome: 'delivered', channelName: '短信或政务平台转发', times: 1, lastOn: '2030-12-01' },
      { outcome: 'sent', times: 1 },
    ]);
    expect(await open()).toHaveLength(6);
  });

  it.each<[string, (body: string) => string]>([
    ['nobody signed', () => ''],
    ['another secret signed', (body) => signature('not-the-secret-at-all', Math.floor(Date.now() / 1000), body)],
    ['was signed for other words', (body) => signature(secret, Math.floor(Date.now() / 1000), `${body} `)],
    ['was signed too long ago', (body) => signature(secret, Math.floor(Date.now() / 1000) - 301, body)],
  ])('refuses a receipt that %s, and notes nothing', async (_name, sign) => {
    expect(await report([{ notificationId: firstSent(), attempt: 1, outcome: 'delivered' }], sign)).toMatchObject({ status: 401, body: { code: 'receipt.unsigned' } });
    expect(await triedBy(firstSent(), 'webhook')).toMatchObject([{ outcome: 'sent' }]);
  });

  it('ignores receipts for what was never sent, and refuses a body that is not as agreed', async () => {
    expect((await report([{ notificationId: newId(), attempt: 1, outcome: 'delivered' }, { notificationId: firstSent(), attempt: 2, outcome: 'failed' }])).body).toEqual({ taken: 0, ignored: 2 });
    expect((await report([{ notificationId: firstSent(), attempt: 1, outcome: 'lost' }])).body).toMatchObject({ code: 'input.invalid' });
    expect((await report([{ notificationId: firstSent(), attempt: 1, outcome: 'failed', reason: 'eaten' }])).body).toMatchObject({ code: 'input.invalid' });
    expect((await report([{ notificationId: firstSent(), attempt: 1, outcome: 'failed', reason: 'x'.repeat(300_000) }])).status).toBe(413);
  });

  it('sends again after a failure, and no more once the tries of the rule are used up; a late success counts', async () => {
    const id = firstSent();
    expect((await report([{ notificationId: id, attempt: 1, outcome: 'failed', reason: 'invalid-number' }])).body).toEqual({ taken: 1, ignored: 0 });
    await town.service.until(() => Promise.resolve(sent.some((one) => one.id === id && one.attempt === 2)), 'the second attempt');
    await report([{ notificationId: id, attempt: 2, outcome: 'failed' }]);
    const { rows } = await town.service.admin.query('SELECT attempt, ended_at IS NOT NULL AS ended FROM publicity.webhook_delivery WHERE notification_id = $1', [id]);
    expect(rows).toEqual([{ attempt: 2, ended: true }]);
    expect(await triedBy(id, 'webhook')).toContainEqual(expect.objectContaining({ outcome: 'failed', times: 2 }));
    expect((await report([{ notificationId: id, attempt: 2, outcome: 'delivered' }])).body).toEqual({ taken: 1, ignored: 0 });
  });

  it('sends again also what was reported as failed before the request was answered', async () => {
    beforeAnswer = (notifications) => report(notifications.filter(({ attempt }) => attempt === 1).map(({ id, attempt }) => ({ notificationId: id, attempt, outcome: 'failed' })));
    const again = await town.posted();
    const attempts = async (): Promise<number> => {
      const { rows } = await town.service.admin.query<{ count: number }>(
        `SELECT count(*)::int AS count FROM publicity.webhook_delivery w JOIN publicity.notification n ON n.id = w.notification_id
         WHERE n.publication_id = $1 AND w.attempt = 2 AND w.ended_at IS NOT NULL`,
        [again.id],
      );
      return rows[0]?.count ?? 0;
    };
    await town.service.until(async () => (await attempts()) === 6, 'six second attempts to be handed over');
  });

  it('counts two failed messages as one of the two channels that “not deliverable” needs', async () => {
    const id = firstSent();
    await report([{ notificationId: id, attempt: 1, outcome: 'failed' }]);
    await town.service.until(() => Promise.resolve(sent.some((one) => one.id === id && one.attempt === 2)), 'the second attempt');
    await report([{ notificationId: id, attempt: 2, outcome: 'failed' }]);
    for (let visit = 0; visit < 2; visit += 1) {
      await town.service.data(deliveryMutation, { input: { requestId: newId(), notificationId: id, channel: 'visit', outcome: 'failed', reason: 'away' } }, clerk);
    }
    const giveUp = 'mutation ($input: RecordNotDeliverableInput!) { recordNotDeliverable(input: $input) { state } }';
    expect(await town.service.data(giveUp, { input: { requestId: newId(), notificationId: id, reason: 'away', witnessName: '赵六' } }, clerk)).toEqual({ recordNotDeliverable: { state: 'not-deliverable' } });
  });

  it('sends nothing again to whom has been told, or about what has been withdrawn', async () => {
    const [told, other] = [firstSent(), sent[1]?.id ?? ''];
    await town.service.data(deliveryMutation, { input: { requestId: newId(), notificationId: told, channel: 'slip', outcome: 'told', signedSheetSha256: 'a'.repeat(64) } }, clerk);
    await town.service.data(withdrawMutation, { input: { requestId: newId(), publicationId: shown.id, reason: 'wrong-content' } }, town.token('village-supervisor'));
    await report([told, other].map((notificationId) => ({ notificationId, attempt: 1, outcome: 'failed' })));
    const { rows } = await town.service.admin.query('SELECT DISTINCT attempt, ended_at IS NOT NULL AS ended FROM publicity.webhook_delivery');
    expect(rows).toEqual([{ attempt: 1, ended: true }]);
    const toldQuery = 'query ($id: ID!) { notifications(publicationId: $id, state: "told") { rows { tried { channel proofs } } } }';
    const { notifications } = await town.service.data<{ notifications: { rows: { tried: unknown[] }[] } }>(toldQuery, { id: shown.id }, clerk);
    expect(notifications.rows[0]?.tried).toContainEqual({ channel: 'slip', proofs: ['a'.repeat(64)] });
  });

  it('records the loudspeaker for a group at once; everybody there was called, nobody counts as told', async () => {
    const broadcast = (given: Readonly<Record<string, unknown>>) => ({ input: { requestId: newId(), publicationId: shown.id, divisionCode: groups[0], channel: 'loudspeaker', ...given } });
    const code = async (given: Readonly<Record<string, unknown>>, token = clerk) => (await town.service.refused(broadcastMutation, broadcast(given), token)).code;
    expect(await town.service.data(broadcastMutation, broadcast({}), clerk)).toEqual({ recordBroadcast: { divisionCode: groups[0], stillToTell: 3 } });
    await town.service.data(broadcastMutation, broadcast({ divisionCode: village, channel: 'message-group' }), clerk);
    const rows = await open();
    expect(rows).toHaveLength(6);
    const reached = (channel: string): string[] => rows.filter(({ tried }) => tried.some((one) => one.channel === channel && one.outcome === 'sent')).map(({ subjectId }) => subjectId);
    expect(reached('loudspeaker').toSorted()).toEqual(town.households.slice(0, 3).toSorted());
    expect(reached('message-group')).toHaveLength(6);
    const heard = 'query ($id: ID!) { publication(id: $id) { broadcasts { channel divisionCode happenedOn } } }';
    expect(await town.service.data(heard, { id: shown.id }, town.token('village-supervisor'))).toEqual({
      publication: {
        broadcasts: [
          { channel: 'loudspeaker', divisionCode: groups[0], happenedOn: '2030-12-01' },
          { channel: 'message-group', divisionCode: village, happenedOn: '2030-12-01' },
        ],
      },
    });
    expect(await code({ channel: 'slip' })).toBe('notification.channel');
    expect(await code({ happenedOn: '2030-11-30' })).toBe('notification.broadcast-day');
    expect(await code({ happenedOn: '2030-12-02' })).toBe('notification.broadcast-day');
    expect(await code({ divisionCode: '341525109205' })).toBe('access.outside-division');
    expect(await code({}, town.token('village-supervisor'))).toBe('access.denied');
    expect(await code({ publicationId: (await town.draft()).id })).toBe('publication.not-posted');
  });
});
