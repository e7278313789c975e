import type { Message } from '@credit/contracts';
import { type Delivery, MessageQueue, newId } from '@credit/platform';
import { type Cable, createTestDatabase, layCable, type TestDatabase } from '@credit/testing';

const retrySeconds = 0.005;
const tries = 6;
const patience = { silenceMs: 400, reachMs: 300 };
const patienceMs = 10_000;

function message(): Message {
  return { id: newId(), name: 'deadline.passed', version: 1, at: '2026-01-01T00:00:00.000Z', actorId: null, causeId: null, data: { owner: 'appeals', kind: 'answer', lastDay: '2026-01-05' } };
}

async function until(state: () => boolean | Promise<boolean>, withinMs = patienceMs): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!(await state())) {
    if (performance.now() > deadline) throw new Error(`waited in vain for ${String(state)}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const withRedis = process.env['REDIS_URL'] ? describe : describe.skip;

describe.each([
  { backend: 'PostgreSQL', suite: describe, urlOf: (database: TestDatabase) => database.urlFor('appeals') },
  { backend: 'Redis', suite: withRedis, urlOf: () => process.env['REDIS_URL'] ?? '' },
])('message queues', ({ backend, suite, urlOf }) => {
  suite(`on ${backend}`, () => {
    let database: TestDatabase;
    let server: Cable;
    let opened: MessageQueue[] = [];
    const troubles: Error[] = [];

    const open = (url = urlOf(database)): MessageQueue => {
      const queue = new MessageQueue(url, 'test', (error) => troubles.push(error), patience);
      opened.push(queue);
      return queue;
    };
    /** A worker of `appeals` that notes what it was given and what was exhausted. */
    const worker = async (deliver: (given: Message, time: number) => ReturnType<Delivery> = () => Promise.resolve('heard'), concurrency = 1, url?: string) => {
      const queue = open(url);
      const given: string[] = [];
      const exhausted: { id: string; reason: string }[] = [];
      const options = { concurrency, retrySeconds, onExhausted: (lost: Message, error: Error) => Promise.resolve(void exhausted.push({ id: lost.id, reason: error.message })) };
      await queue.listen('appeals', (one) => deliver(one, given.push(one.id)), options);
      return { queue, given, exhausted };
    };

    beforeAll(async () => {
      database = await createTestDatabase();
      server = await layCable(urlOf(database));
    });
    afterEach(async () => {
      await Promise.all(opened.map((queue) => queue.close()));
      opened = [];
      const sweeper = open();
      await Promise.all([sweeper.empty('appeals'), sweeper.empty('rating')]);
      await sweeper.close();
      opened = [];
    });
    afterAll(async () => {
      await server.close();
      await database.drop();
    });

    it('deliver a message once per id, though it was added twice before and once more after', async () => {
      const { queue, given } = await worker();
      const [first, second] = [message(), message()];
      await queue.publish('appeals', [first, first], retrySeconds);
      await queue.publish('appeals', [first], retrySeconds);
      await until(() => given.includes(first.id));
      await queue.publish('appeals', [first, second], retrySeconds);
      await until(() => given.includes(second.id));
      expect(given).toEqual([first.id, second.id]);
    });

    it('hand over the whole message as it was sent', async () => {
      const sent = message();
      const received: Message[] = [];
      const { queue } = await worker((one) => Promise.resolve((received.push(one), 'heard')));
      await queue.publish('appeals', [sent], retrySeconds);
      await until(() => received.length > 0);
      expect(received).toEqual([sent]);
    });

    it('keep the services apart', async () => {
      const { queue, given } = await worker();
      const [own, foreign] = [message(), message()];
      await queue.publish('rating', [foreign], retrySeconds);
      await queue.publish('appeals', [own], retrySeconds);
      await until(() => given.length > 0);
      expect(given).toEqual([own.id]);
      expect(await queue.pending('rating')).toBe(1);
    });

    it('try a failing message again until it succeeds', async () => {
      const { queue, given, exhausted } = await worker((_one, time) => (time < 3 ? Promise.reject(new Error('not yet')) : Promise.resolve('heard')));
      await queue.publish('appeals', [message()], retrySeconds);
      await until(() => given.length === 3);
      await until(async () => (await queue.pending('appeals')) === 0);
      expect(exhausted).toEqual([]);
    });

    it('report a message once when every try failed, and flow on', async () => {
      const [poison, sound] = [message(), message()];
      const { queue, given, exhausted } = await worker((one) => (one.id === poison.id ? Promise.reject(new Error('always')) : Promise.resolve('heard')));
      await queue.publish('appeals', [poison], retrySeconds);
      await until(() => exhausted.length > 0);
      await queue.publish('appeals', [poison, sound], retrySeconds);
      await until(() => given.includes(sound.id));
      expect(exhausted).toEqual([{ id: poison.id, reason: 'always' }]);
      expect(given.filter((id) => id === poison.id)).toHaveLength(tries);
      await until(async () => (await queue.pending('appeals')) === 0);
    });

    it('wait with a message that cannot be handled yet, without using up its tries', async () => {
      const { queue, given, exhausted } = await worker((_one, time) => Promise.resolve(time <= tries + 2 ? 'try-later' : 'heard'));
      await queue.publish('appeals', [message()], retrySeconds);
      await until(() => given.length === tries + 3);
      await until(async () => (await queue.pending('appeals')) === 0);
      expect(exhausted).toEqual([]);
    });

    it('handle as many messages together as allowed, and no more', async () => {
      let [running, most] = [0, 0];
      const release: (() => void)[] = [];
      const hold: Delivery = async () => {
        most = Math.max(most, (running += 1));
        await new Promise<void>((resolve) => release.push(resolve));
        running -= 1;
        return 'heard';
      };
      const { queue, given } = await worker(hold, 3);
      await queue.publish('appeals', Array.from({ length: 7 }, message), retrySeconds);
      await until(() => running === 3);
      expect(await queue.pending('appeals')).toBe(7);
      await until(async () => {
        release.splice(0).forEach((go) => go());
        return given.length === 7 && (await queue.pending('appeals')) === 0;
      });
      expect(most).toBe(3);
    });

    it('give the messages of a worker that went away to another', async () => {
      const lost = message();
      let wake = (): void => undefined;
      const first = await worker(() => new Promise((resolve) => (wake = () => resolve('heard'))), 1, server.url);
      await first.queue.publish('appeals', [lost], retrySeconds);
      await until(() => first.given.length === 1);
      server.cut();
      const second = await worker();
      await until(() => second.given.length === 1);
      expect(second.given).toEqual([lost.id]);
      server.mend();
      wake();
    });

    it('refuse a message while out of reach, at once, and take it when they are back', async () => {
      const queue = open(server.url);
      const sent = message();
      server.cut();
      await expect(queue.publish('appeals', [sent], retrySeconds)).rejects.toThrow();
      await expect(queue.ready()).rejects.toThrow();
      server.mend();
      await queue.publish('appeals', [sent], retrySeconds);
      expect(await queue.pending('appeals')).toBe(1);
      server.cut();
      await expect(queue.publish('appeals', [message()], retrySeconds)).rejects.toThrow();
      server.mend();
      await until(() => queue.ready().then(() => true, () => false));
    });

    it('go on with their worker after the connection was lost', async () => {
      const { given } = await worker(undefined, 1, server.url);
      server.cut();
      const sender = open();
      const sent = message();
      await sender.publish('appeals', [sent], retrySeconds);
      server.mend();
      await until(() => given.includes(sent.id));
    });

    it('go on with their worker after the other side vanished without a word', async () => {
      const { given } = await worker(undefined, 1, server.url);
      server.silence();
      const sender = open();
      const sent = message();
      await sender.publish('appeals', [sent], retrySeconds);
      server.mend();
      await until(() => given.includes(sent.id), 30_000);
    }, 40_000);

    it('close while they are out of reach', async () => {
      const { queue } = await worker(undefined, 1, server.url);
      // To another service, so that no message is left in the hands of this worker for the tests after.
      await queue.publish('rating', [message()], retrySeconds);
      server.cut();
      await queue.close();
      server.mend();
      opened = [];
    });

    it('let the message being handled end before they close', async () => {
      let end = (): void => undefined;
      const { queue, given } = await worker(() => new Promise((resolve) => (end = () => resolve('heard'))));
      await queue.publish('appeals', [message(), message()], retrySeconds);
      await until(() => given.length === 1);
      const closing = queue.close();
      end();
      await closing;
      expect(given).toHaveLength(1);
      expect(await open().pending('appeals')).toBe(1);
    });

    it('count what waits, and hold nothing once emptied', async () => {
      const queue = open();
      const sent = Array.from({ length: 5 }, message);
      await queue.publish('appeals', sent, retrySeconds);
      expect(await queue.pending('appeals')).toBe(5);
      await queue.empty('appeals');
      expect(await queue.pending('appeals')).toBe(0);
      const { given } = await worker();
      await queue.publish('appeals', sent.slice(0, 1), retrySeconds);
      await until(() => given.length > 0);
      expect(given).toEqual([sent[0]?.id]);
    });
  });
});
