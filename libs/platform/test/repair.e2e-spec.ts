import { type EventData, type Message, sharedReads } from '@credit/contracts';
import { newId } from '@credit/platform';
import { startTestService, type TestService } from '@credit/testing';
import { NoteProcessor, sample } from './sample-service';

/** More than a message of its own fault may fail, in the queue and in the repair. */
const manyTimes = 9;

describe('messages that the queue lost', () => {
  let service: TestService;
  let lost: Message[] = [];

  beforeAll(async () => {
    service = await startTestService(sample, { environment: { REPAIR_EVERY_SECONDS: '0.1' } });
    service.peer.answer(sharedReads.outbox, (ask) => (ask.after === '0-0' ? lost.map((message, index) => ({ cursor: `7-${index}`, message })) : []));
  });
  beforeEach(() => service.admin.query('DELETE FROM appeals.repair_cursor'));
  afterAll(() => service.close());

  const processor = (): NoteProcessor => service.app.get(NoteProcessor, { strict: false });
  const posted = (key: string): Message => {
    const data: EventData<'publication.posted'> = { publicationId: newId(), kind: 'publication.reconsideration', owner: 'appeals', key, divisionCode: '341525109204', version: 1, postedOn: '2026-01-01', lastDay: '2026-01-08' };
    return { id: newId(), name: 'publication.posted', version: 1, at: '2026-01-01T00:00:00.000Z', actorId: null, causeId: null, data };
  };
  const heard = async ({ data }: Message): Promise<number> =>
    (await service.admin.query("SELECT 1 FROM appeals.audit WHERE action = 'heard.posted' AND subject = $1", [(data as EventData<'publication.posted'>).publicationId])).rowCount ?? 0;
  const parked = async ({ id }: Message): Promise<number> => (await service.admin.query('SELECT 1 FROM appeals.parked_message WHERE message_id = $1', [id])).rowCount ?? 0;
  const repaired = () => service.until(async () => ((await service.admin.query('SELECT 1 FROM appeals.repair_cursor')).rowCount ?? 0) > 0, 'the end of the repair');

  it('are tried again where they fail once or twice, and the others do not wait for them', async () => {
    processor().hiccups = 2;
    lost = [posted('hiccup'), posted('k')];
    await repaired();
    expect(await Promise.all(lost.flatMap((message) => [heard(message), parked(message)]))).toEqual([1, 0, 1, 0]);
  });

  it('are parked where they keep failing, and the repair goes on', async () => {
    lost = [posted('poison'), posted('k')];
    await repaired();
    expect(await Promise.all(lost.flatMap((message) => [heard(message), parked(message)]))).toEqual([0, 1, 1, 0]);
  });

  it('are never parked for a database that is away, however often', async () => {
    processor().losses = manyTimes;
    lost = [posted('loss')];
    await repaired();
    expect(await Promise.all(lost.flatMap((message) => [heard(message), parked(message)]))).toEqual([1, 0]);
  });

  it('are never parked by the queue for a database that is away, either', async () => {
    lost = [];
    processor().losses = manyTimes;
    const message = posted('loss');
    await service.hear('publication.posted', message.data as EventData<'publication.posted'>, message.id);
    expect([await heard(message), await parked(message)]).toEqual([1, 0]);
  });
});
