import { newId } from '@credit/platform';
import { startTestService, type TestService } from '@credit/testing';
import { sample } from './sample-service';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';

describe('what a request makes happen', () => {
  let service: TestService;
  let token: string;
  beforeAll(async () => {
    service = await startTestService(sample);
    token = (await service.account({ posts: [{ role: 'system-admin', divisionCode: '341525000000' }] })).token;
  });
  afterAll(() => service.close());

  const note = async (headers: Readonly<Record<string, string>>): Promise<{ requestId?: string; trace?: string }> => {
    const requestId = newId();
    const query = `mutation { note(requestId: "${requestId}", divisionCode: "341525000000", text: "x") }`;
    const answer = await fetch(`${service.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...headers }, body: JSON.stringify({ query }) });
    const { data } = (await answer.json()) as { data: { note: string } };
    const { rows } = await service.admin.query<{ message: { requestId?: string; trace?: string } }>("SELECT message FROM appeals.outbox WHERE message->'data'->>'key' = $1", [data.note]);
    return rows[0]?.message ?? {};
  };

  it('is told to others under the id of the request', async () => {
    const requestId = newId();
    expect(await note({ 'x-request-id': requestId })).toMatchObject({ requestId });
    expect((await note({})).requestId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('is never told under an id that could say something of a person', async () => {
    expect((await note({ 'x-request-id': '341525199001011234' })).requestId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('stays in the trace of whoever asked, also where this service records none', async () => {
    expect((await note({ traceparent: `00-${traceId}-00f067aa0ba902b7-01` })).trace).toBe(`00-${traceId}-00f067aa0ba902b7-01`);
  });

  it.each(['', 'nonsense', `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`, `00-${traceId}-00f067aa0ba902b7-01-more`])('begins no trace from a header like “%s”', async (traceparent) => {
    expect(await note({ traceparent })).not.toHaveProperty('trace');
  });
});
