import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Town } from './town';

const secret = 'a-secret-of-the-operator';

interface Received {
  readonly body: string;
  readonly signature: string;
}

/** The operator's address: refuses the first requests, as many as told. */
class Operator {
  readonly received: Received[] = [];
  refusals = 0;
  private readonly server: Server;

  constructor() {
    this.server = createServer((request, response) => {
      text(request).then(
        (body) => {
          this.received.push({ body, signature: String(request.headers['x-credit-signature']) });
          response.statusCode = this.refusals > 0 ? 503 : 204;
          this.refusals -= 1;
          response.end();
        },
        () => response.destroy(),
      );
    });
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/notices`;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

describe('短信或政务平台转发', () => {
  const operator = new Operator();
  let town: Town;
  beforeAll(async () => {
    const notificationWebhook = { url: await operator.listen(), secret, retrySeconds: 0.05, tries: 3 };
    town = await Town.open({ environment: { SETTINGS: JSON.stringify({ notificationWebhook }) } });
  });
  afterAll(async () => {
    await town.close();
    operator.close();
  });

  const outcomes = async (publicationId: string): Promise<string[]> => {
    const { rows } = await town.service.admin.query<{ outcome: string }>(
      `SELECT d.outcome FROM publicity.delivery d JOIN publicity.notification n ON n.id = d.notification_id WHERE d.channel = 'webhook' AND n.publication_id = $1`,
      [publicationId],
    );
    return rows.map(({ outcome }) => outcome);
  };

  it('hands notifications over signed, again after a refusal, and counts them as sent, not as told', async () => {
    operator.refusals = 2;
    const shown = await town.posted();
    await town.service.until(async () => (await outcomes(shown.id)).length === 6, 'six notifications to be handed over');
    expect(new Set(await outcomes(shown.id))).toEqual(new Set(['sent']));
    expect(operator.received).toHaveLength(3);
    for (const { body, signature } of operator.received) {
      const timestamp = /^t=(\d+),/.exec(signature)?.[1];
      expect(signature).toBe(`t=${timestamp},v1=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`);
    }
    const { notifications } = JSON.parse(operator.received.at(-1)?.body ?? '') as { notifications: Record<string, unknown>[] };
    expect(notifications).toHaveLength(6);
    expect(Object.keys(notifications[0] ?? {}).toSorted()).toEqual(['attempt', 'createdOn', 'divisionCode', 'id', 'publicationId', 'role', 'subjectId', 'template', 'text']);
    expect(JSON.stringify(notifications)).not.toMatch(/95\.00|张\*/);
    expect(await town.notYetTold(shown.id)).toHaveLength(6);
  });

  it('gives up after the tries allowed and counts that as a failed try', async () => {
    operator.refusals = Number.POSITIVE_INFINITY;
    const shown = await town.posted();
    await town.service.until(async () => (await outcomes(shown.id)).length === 6, 'six notifications to be given up');
    expect(new Set(await outcomes(shown.id))).toEqual(new Set(['failed']));
  });
});
