import { newId } from '@credit/platform';
import { startCounty } from './county';

describe('the gateway', () => {
  it('lets nobody ask its graph more often than agreed', async () => {
    const county = await startCounty({ environment: { RATE_PER_CALLER: '2' } });
    const token = await county.issuer.token();
    const ask = (): Promise<Response> => county.post('{"query":"{ household(id: \\"h-1\\") { id } }"}', { authorization: `Bearer ${token}` });
    const answers = [await ask(), await ask(), await ask()];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
    expect(Number(answers[2]?.headers.get('retry-after'))).toBeGreaterThan(0);
    await county.close();
  });

  it('does not wait at a stop for those who follow long work', async () => {
    const county = await startCounty();
    const id = newId();
    county.imports.set(id, [{ state: 'running', done: 1, total: 3 }]);
    const answer = await fetch(`${county.url}/progress/import/${id}`, { headers: { authorization: `Bearer ${await county.issuer.token()}` } });
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
    let told = '';
    while (!told.includes('"done":1')) told += (await reader?.read())?.value ?? '';
    await county.close();
    for (let read = await reader?.read(); read && !read.done; read = await reader?.read());
  });
});
