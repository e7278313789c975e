import { createHash } from 'node:crypto';
import { Problem } from '@credit/contracts';
import type { FastifyInstance } from 'fastify';

interface Bucket {
  tokens: number;
  at: number;
}

const mostBuckets = 10_000;

/**
 * 频率限制 — so many requests a minute for each caller, as many at once; counted in this process, so a service with two replicas lets
 * twice as many through. It protects the machine; what the law limits is counted in the database.
 */
export class RateLimit {
  private readonly buckets = new Map<string, Bucket>();

  constructor(
    private readonly perMinute: number,
    private readonly nowMs: () => number = () => performance.now(),
  ) {}

  /** 0 when the caller may go on, otherwise the seconds to wait. */
  take(caller: string): number {
    const now = this.nowMs();
    if (this.buckets.size >= mostBuckets && !this.buckets.has(caller)) this.forgetIdle(now);
    const bucket = this.buckets.get(caller) ?? { tokens: this.perMinute, at: now };
    bucket.tokens = this.filled(bucket, now);
    bucket.at = now;
    this.buckets.set(caller, bucket);
    if (bucket.tokens < 1) return Math.ceil(((1 - bucket.tokens) * 60) / this.perMinute);
    bucket.tokens -= 1;
    return 0;
  }

  private filled({ tokens, at }: Bucket, now: number): number {
    return Math.min(this.perMinute, tokens + ((now - at) * this.perMinute) / 60_000);
  }

  /** Who has a full bucket is as if never seen. When nobody has, the longest silent half goes: memory stays bounded under attack. */
  private forgetIdle(now: number): void {
    for (const [caller, bucket] of this.buckets) if (this.filled(bucket, now) >= this.perMinute) this.buckets.delete(caller);
    if (this.buckets.size < mostBuckets) return;
    const bySilence = [...this.buckets].toSorted(([, one], [, other]) => one.at - other.at);
    for (const [caller] of bySilence.slice(0, mostBuckets / 2)) this.buckets.delete(caller);
  }
}

/** Asked by the deployment itself, never through a public door: probes, neighbours, and graphs that the gateway stitches and limits. */
const insideRoutes = /^\/(healthz|readyz|metrics|internal\/.*|ops\/.*)$/;

interface Limits {
  /** Requests a minute with one credential. */
  readonly perCaller: number;
  /** Requests a minute from one address, whatever credentials they show: an office shares one. */
  readonly perAddress: number;
  /** Whether `/graphql` is a public door here. */
  readonly graphIsPublic: boolean;
}

/** Problem `rate.limited` with `Retry-After`, before the body is read and before anything is asked of the database. */
export function limitRates(http: FastifyInstance, { perCaller, perAddress, graphIsPublic }: Limits): void {
  const [callers, addresses] = [new RateLimit(perCaller), new RateLimit(perAddress)];
  http.addHook('onRequest', (request, reply, done) => {
    const route = request.routeOptions.url ?? '';
    if (insideRoutes.test(route) || (route === '/graphql' && !graphIsPublic)) return done();
    const credential = request.headers.authorization ?? request.headers.cookie;
    const caller = credential ? createHash('sha256').update(credential).digest('base64') : request.ip;
    const seconds = Math.max(addresses.take(request.ip), callers.take(caller));
    if (seconds === 0) return done();
    reply.header('retry-after', String(seconds));
    done(new Problem('rate.limited', { retryAfterSeconds: seconds }));
  });
}
