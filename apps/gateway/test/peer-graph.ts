import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { formatGraphError } from '@credit/platform';
import { buildSchema, graphql, GraphQLError } from 'graphql';
import { pino } from 'pino';

/** One question as it reached a service. */
export interface Asked {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly authorization: string | undefined;
  readonly requestId: string | undefined;
}

/** A service behind the gateway, as far as the gateway sees one: a plain graph that answers problems as every service does. */
export interface PeerGraph {
  readonly url: string;
  /** Everything asked since the test began to look, without the descriptions the gateway fetches. */
  readonly asked: Asked[];
  /** The service goes away, and comes back at the same address. */
  stop(): Promise<void>;
  start(): Promise<void>;
}

const log = pino({ level: 'silent' });

export async function startPeerGraph(sdl: string, answers: Readonly<Record<string, unknown>> = {}): Promise<PeerGraph> {
  const schema = buildSchema(sdl);
  const asked: Asked[] = [];
  const answer = async (request: IncomingMessage): Promise<string> => {
    const { query, variables = {} } = (await json(request)) as { query: string; variables?: Record<string, unknown> };
    const header = request.headers['x-request-id'];
    if (!query.includes('__schema')) asked.push({ query, variables, authorization: request.headers.authorization, requestId: String(header) });
    const { data, errors } = await graphql({ schema, source: query, variableValues: variables, rootValue: answers, contextValue: request.headers });
    return JSON.stringify({ data, ...(errors ? { errors: errors.map((error) => formatGraphError(error.toJSON(), error, log)) } : {}) });
  };
  const server = createServer((request, response) => {
    answer(request).then(
      (body) => response.setHeader('content-type', 'application/json').end(body),
      (error: unknown) => response.writeHead(500).end(error instanceof GraphQLError ? error.message : 'broken'),
    );
  });
  const listen = (port: number): Promise<void> => new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    start: () => listen(port),
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
