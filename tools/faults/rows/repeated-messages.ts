import { randomInt } from 'node:crypto';
import type { Message, Service } from '@credit/contracts';
import { newId } from '@credit/platform';
import type { Row } from '../row';

const messages = { short: 400, usual: 20_000, long: 50_000 } as const;
const perBatch = 500;
const versions = 4;
const catchUpMs = 600_000;
const heardBy: Service = 'appeals';

function shuffle<T>(of: T[]): T[] {
  for (let index = of.length - 1; index > 0; index -= 1) {
    const other = randomInt(index + 1);
    [of[index], of[other]] = [of[other] as T, of[index] as T];
  }
  return of;
}

/** 4 — messages that come two to ten times each, in any order: the newest version of each post stands, whatever came last. */
export const repeatedMessages: Row = {
  no: 4,
  what: 'messages 2 to 10 times each, in any order',
  async run(town, length) {
    const queue = town.queueOf(heardBy);
    const load = town.load('order').start(2);
    const postIds = Array.from({ length: messages[length] / versions }, () => newId());
    const sent = postIds.flatMap((postId) =>
      Array.from({ length: versions }, (_, index): Message => ({
        id: newId(), name: 'post.changed', version: 1, at: new Date().toISOString(), actorId: null, causeId: null,
        data: { postId, accountId: postId, role: 'collector', divisionCode: '341525109204', organisation: `v${index + 1}`, fromOn: '2020-01-01', toOn: null, version: index + 1 },
      })),
    );
    // The queue knows a job by its id: a repetition is a job of another id with the same message.
    const deliveries = shuffle(sent.flatMap((message) => Array.from({ length: 2 + randomInt(9) }, () => message)));
    for (let from = 0; from < deliveries.length; from += perBatch) await queue.addBulk(deliveries.slice(from, from + perBatch).map((message) => ({ name: message.name, data: message, opts: { jobId: newId() } })));
    const began = performance.now();
    const waiting = async (): Promise<number> => Number((await town.admin.query<{ n: string }>(`SELECT count(*) AS n FROM ${heardBy}.inbox WHERE message_id = ANY($1)`, [sent.map(({ id }) => id)])).rows[0]?.n);
    while ((await waiting()) < sent.length || Object.values(await queue.getJobCounts('waiting', 'active', 'delayed')).some((left) => left > 0)) {
      if (performance.now() - began > catchUpMs) throw new Error('the messages were not heard');
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    const seconds = (performance.now() - began) / 1000;
    const { rows } = await town.admin.query<{ n: string }>(`SELECT count(*) AS n FROM ${heardBy}.post WHERE post_id = ANY($1) AND version = $2 AND organisation = $3`, [postIds, versions, `v${versions}`]);
    await queue.close();
    await load.stop();
    await town.caughtUp(load.mark);
    return {
      injected: `${sent.length} messages, ${deliveries.length} deliveries`,
      acknowledged: load.acknowledged.length,
      recoveredSeconds: seconds,
      verdicts: [...(await town.verdicts(load)), { name: 'the newest version of each stands', ok: Number(rows[0]?.n) === postIds.length, detail: `${rows[0]?.n} of ${postIds.length}` }],
    };
  },
};
