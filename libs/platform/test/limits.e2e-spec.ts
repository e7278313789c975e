import { startTestService, type TestService } from '@credit/testing';
import { sample } from './sample-service';

describe('a public door', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startTestService(sample, { environment: { RATE_PER_CALLER: '3', RATE_PER_ADDRESS: '8' } });
  });
  afterAll(() => service.close());

  it('lets nobody ask more often than agreed, with one credential or with many from one address, and says when to come again', async () => {
    const notes = async (token: string): Promise<Response> => fetch(`${service.url}/notes`, { headers: { authorization: `Bearer ${token}` } });
    const clerk = (await service.account({ posts: [{ role: 'system-admin', divisionCode: '341525000000' }] })).token;
    const answers = [await notes(clerk), await notes(clerk), await notes(clerk), await notes(clerk)];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
    expect(answers[3]?.headers.get('retry-after')).toBe('20');
    expect(await answers[3]?.json()).toMatchObject({ code: 'rate.limited', title: '操作过于频繁，请稍后再试', facts: { retryAfterSeconds: 20 } });
    const strangers: number[] = [];
    for (let n = 0; n < 5; n += 1) strangers.push((await notes(`made-up-${n}`)).status);
    expect(strangers).toEqual([401, 401, 401, 401, 429]);
  });

  it('is apart from what the deployment asks itself', async () => {
    for (let n = 0; n < 10; n += 1) {
      expect((await fetch(`${service.url}/healthz`)).status).toBe(200);
      expect((await service.graph('{ __typename }')).data).toEqual({ __typename: 'Query' });
    }
  });
});
