import type { RunningSystem } from '../system/system';

/** The documents that are made of the running system, by their path in the repository. */
export async function generatedDocuments({ urls }: Pick<RunningSystem, 'urls'>): Promise<ReadonlyMap<string, string>> {
  const read = async (url: string): Promise<string> => {
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
    return answer.text();
  };
  const openapi: unknown = JSON.parse(await read(`${urls.exchange}/v1/openapi.json`));
  return new Map([
    ['docs/schema.graphql', `${(await read(`${urls.gateway}/schema.graphql`)).trim()}\n`],
    ['docs/openapi.json', `${JSON.stringify(openapi, null, 2).replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, 'http://127.0.0.1')}\n`],
  ]);
}
