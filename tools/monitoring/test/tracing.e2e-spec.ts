import { drafted } from '../../interleavings/rounds';
import { ThreeServices } from '../../interleavings/three-services';
import { archivesAnswer, countyCode, makeVillages } from '../../interleavings/villages';
import { type OtlpReceiver, type ReceivedSpan, startOtlpReceiver } from '../otlp-receiver';

/** A round is prepared at civility's door; publicity hears of it, reads what to publish from civility, and drafts the publication. */
describe('the trace of one request', () => {
  let receiver: OtlpReceiver;
  let spans: readonly ReceivedSpan[];

  beforeAll(async () => {
    receiver = await startOtlpReceiver();
    const town = await ThreeServices.start({ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url });
    const [village] = makeVillages(1, 2);
    if (!village) throw new Error('no village was made');
    archivesAnswer(town.archives, [village]);
    const { listVersionId } = await town.do<{ listVersionId: string }>('draftItemList', { countyCode, effectiveFrom: '2022-11-14' });
    await town.do('approveItemList', { listVersionId });
    const today = await town.today();
    await town.do('prepareRound', { villageCode: village.code, year: Number(today.slice(0, 4)), referenceDay: today, listVersionId });
    await drafted(town, village, 'publication.content');
    await town.close();
    spans = receiver.spans;
  }, 60_000);
  afterAll(() => receiver.close());

  const parentOf = ({ parentSpanId }: ReceivedSpan): ReceivedSpan | undefined => spans.find(({ spanId }) => spanId === parentSpanId);
  const upwards = (from: ReceivedSpan): string[] => {
    const parent = parentOf(from);
    return [`${from.service}: ${from.name}`, ...(parent ? upwards(parent) : [])];
  };

  it('leads from the door over the outbox and the queue to the effect in another service, and back over its internal read', () => {
    const answer = spans.find(({ service, name, traceId }) => service === 'civility' && name === 'POST /internal/:name' && spans.some((one) => one.traceId === traceId && one.name === 'write round.prepare'));
    expect(answer && upwards(answer)).toEqual([
      'civility: POST /internal/:name',
      'publicity: ask publication-content',
      'publicity: process publication.requested',
      'civility: write round.prepare',
      'civility: POST /graphql',
    ]);
    expect(new Set(spans.filter(({ traceId }) => traceId === answer?.traceId).map(({ service }) => service))).toEqual(new Set(['civility', 'publicity']));
  });

  it('is one of many: another request is another trace', () => {
    const doors = spans.filter(({ name, service }) => name === 'POST /graphql' && service === 'civility');
    expect(doors.length).toBeGreaterThanOrEqual(3);
    expect(new Set(doors.map(({ traceId }) => traceId)).size).toBe(doors.length);
  });

  it('names doors, events, reads and outcomes, and nothing of a case or a person', () => {
    const allowed = ['http.request.method', 'http.route', 'http.response.status_code', 'messaging.destination.name', 'messaging.operation.name', 'peer.service', 'credit.operation', 'error.type'];
    expect(spans.length).toBeGreaterThan(20);
    for (const { name, attributes, events, status } of spans) {
      expect(attributes.map(({ key }) => key).filter((key) => !allowed.includes(key))).toEqual([]);
      const texts = [name, ...attributes.flatMap(({ value }) => value.stringValue ?? [])];
      expect(texts.filter((text) => !/^[\w./:* -]{1,80}$/.test(text) || /\d{4}/.test(text))).toEqual([]);
      expect([events, status.message]).toEqual([[], undefined]);
    }
  });

  it('holds no probes', () => expect(spans.filter(({ name }) => /healthz|readyz|metrics/.test(name))).toEqual([]));
});
