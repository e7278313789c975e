import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { type AskOf, type InternalRead, Problem, type RowOf, type Service } from '@credit/contracts';
import { type Config, peerUrl } from '../config/config';
import { SpanKind } from '@opentelemetry/api';
import { openSpan, trailHeaders } from '../telemetry/trail';
import type { ServiceTokens } from './service-tokens';

const timeoutMs = 15_000;

/**
 * 内部读取 — asks another service. It fails closed: whatever is not a complete, well-formed answer is
 * `peer.unavailable`, and the unit of work that asked is undone.
 */
export class InternalClient {
  constructor(
    private readonly config: Config,
    private readonly tokens: ServiceTokens,
  ) {}

  /** Storing services this deployment names. */
  reachable(): Service[] {
    return (Object.keys(this.config.PEERS) as Service[]).filter((service) => service !== 'gateway');
  }

  async *stream<R extends InternalRead>(read: R, ask: AskOf<R>, owner: Service | 'any' = read.owner): AsyncGenerator<RowOf<R>> {
    if (owner === 'any') throw new Error(`${read.name}: name the owner to ask`);
    const away = new Problem('peer.unavailable', { owner, read: read.name });
    let complete = false;
    let broken: Problem | undefined;
    const span = openSpan(`ask ${read.name}`, SpanKind.CLIENT, { 'peer.service': owner });
    try {
      const response = await fetch(`${peerUrl(this.config, owner)}/internal/${read.name}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${await this.tokens.for(owner)}`, 'content-type': 'application/json', ...trailHeaders(span.trail) },
        body: JSON.stringify(ask),
        signal: AbortSignal.timeout(timeoutMs),
      });
      if (!response.ok || !response.body) throw new Problem('peer.unavailable', { owner, read: read.name, status: response.status });
      const lines = createInterface({ input: Readable.fromWeb(response.body as ReadableStream), crlfDelay: Infinity });
      for await (const line of lines) {
        if (line === '.') complete = true;
        else yield read.row.parse(JSON.parse(line)) as RowOf<R>;
      }
      if (!complete) throw away;
    } catch (error) {
      broken = error instanceof Problem ? error : away;
      throw broken;
    } finally {
      span.end({}, broken);
    }
  }

  async all<R extends InternalRead>(read: R, ask: AskOf<R>, owner: Service | 'any' = read.owner): Promise<RowOf<R>[]> {
    const rows: RowOf<R>[] = [];
    for await (const row of this.stream(read, ask, owner)) rows.push(row);
    return rows;
  }

  /** The only row of the answer; undefined when there is none. */
  async one<R extends InternalRead>(read: R, ask: AskOf<R>, owner: Service | 'any' = read.owner): Promise<RowOf<R> | undefined> {
    return (await this.all(read, ask, owner))[0];
  }
}
