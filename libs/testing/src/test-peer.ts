import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { AskedOf, AskOf, InternalRead, RowOf } from '@credit/contracts';

type Rows<R extends InternalRead> = (ask: AskedOf<R>) => readonly RowOf<R>[];

/**
 * The neighbours of the service under test: answers internal reads with the rows a test gives, held to the contract's
 * shapes on both sides. A read without rows given answers 503, as a service that is down.
 */
export interface TestPeer {
  readonly url: string;
  /** From now on this read answers these rows (or what the function makes of the question). */
  answer<R extends InternalRead>(read: R, rows: readonly RowOf<R>[] | Rows<R>): void;
  /** From now on this read fails. */
  fail(read: InternalRead): void;
  /** What was asked of a read so far. */
  asked<R extends InternalRead>(read: R): AskOf<R>[];
  close(): Promise<void>;
}

export async function startTestPeer(): Promise<TestPeer> {
  const answers = new Map<string, { read: InternalRead; rows: Rows<InternalRead> }>();
  const questions = new Map<string, unknown[]>();
  const answerTo = async (request: IncomingMessage): Promise<string | null> => {
    const name = request.url?.replace('/internal/', '') ?? '';
    const known = answers.get(name);
    if (!known) return null;
    const ask = known.read.ask.parse(JSON.parse(await text(request)));
    questions.set(name, [...(questions.get(name) ?? []), ask]);
    return [...known.rows(ask as never).map((row) => JSON.stringify(known.read.row.parse(row))), '.', ''].join('\n');
  };
  const server = createServer((request, response) => {
    answerTo(request).then(
      (body) => {
        response.statusCode = body === null ? 503 : 200;
        response.end(body ?? '');
      },
      (error: unknown) => {
        response.statusCode = 500;
        response.end(String(error));
      },
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answer: (read, rows) => void answers.set(read.name, { read, rows: (typeof rows === 'function' ? rows : () => rows) as Rows<InternalRead> }),
    fail: (read) => void answers.delete(read.name),
    asked: (read) => (questions.get(read.name) ?? []) as never,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
