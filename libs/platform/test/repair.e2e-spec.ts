import { type EventData, type Message, sharedReads } from '@credit/contracts';
import { newId } from '@credit/platform';
import { startTestService, type TestService } from '@credit/testing';
import { NoteProcessor, sample } from './sample-service';

/** More than a message of its own fault may fail, in the queue and in the repair. */
const manyTimes = 9;

describe('messages that the queue lost', () => {
  let service: TestService;
  let lost: Message[] = [];
  let round = 0;

  beforeAll(async () => {
    service = await startTestService(sample, { environment: { REPAIR_EVERY_SECONDS: '0.1' } });
    service.peer.answer(sharedReads.outbox, (ask) => (ask.after === `${round}-0` ? [] : lost.map((message) => ({ cursor: `${round}-0`, message }))));
  });
  afterAll(() => service.close());

  const processor = (): NoteProcessor => service.app.get(NoteProcessor, { strict: false });
  const posted = (key: string): Message => {
    const data: EventData<'publication.posted'> = { publicationId: newId(), kind: 'publication.reconsideration', owner: 'appeals', key, divisionCode: '341525109204', version: 1, postedOn: '2026-01-01', lastDay: '2026-01-08' };
    return { id: newId(), name: 'publication.posted', version: 1, at: '2026-01-01T00:00:00.000Z', actorId: null, causeId: null, data };
  };
  const heard = async ({ data }: Message): Promise<number> =>
    (await service.admin.query("SELECT 1 FROM appeals.audit WHERE action = 'heard.posted' AND subject = $1", [(data as EventData<'publication.posted'>).publicationId])).rowCount ?? 0;
  const parked = async ({ id }: Message): Promise<number> => (await service.admin.query('SELECT 1 FROM appeals.parked_message WHERE message_id = $1', [id])).rowCount ?? 0;
  /** Loses these; resolves when each was heard or parked. */
  const lose = async (...messages: Message[]): Promise<[heard: number, parked: number][]> => {
    round += 1;
    lost = messages;
    const fates = () => Promise.all(messages.map(async (message): Promise<[number, number]> => [await heard(message), await parked(message)]));
    return service.until(async () => {
      const now = await fates();
      return now.every(([once, aside]) => once + aside > 0) ? now : undefined;
    }, 'the end of the repair');
  };

  it('are tried again where they fail once or twice, and the others do not wait for them', async () => {
    processor().hiccups = 2;
    expect(await lose(posted('hiccup'), posted('k'))).toEqual([[1, 0], [1, 0]]);
  });

  it('are parked where they keep failing, and the repair goes on', async () => {
    expect(await lose(posted('poison'), posted('k'))).toEqual([[0, 1], [1, 0]]);
  });

  it('are never parked for a database that is away, however often', async () => {
    processor().losses = manyTimes;
    expect(await lose(posted('loss'))).toEqual([[1, 0]]);
  });

  it('are never parked by the queue for a database that is away, either', async () => {
    processor().losses = manyTimes;
    const message = posted('loss');
    await service.hear('publication.posted', message.data as EventData<'publication.posted'>, message.id);
    expect([await heard(message), await parked(message)]).toEqual([1, 0]);
  });
});
