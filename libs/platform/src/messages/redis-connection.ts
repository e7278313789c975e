import { Cluster, Redis, type RedisOptions } from 'ioredis';

/** `sending` fails when Redis cannot be reached, so that nothing waits on it; `working` keeps trying for ever. */
export type RedisUse = 'sending' | 'working';

const longestPauseMs = 2_000;
/** A command without any answer for so long means that the other side is gone; only a waiting worker asks for as much as 10 s. */
const silenceMs = { sending: 5_000, working: 15_000 } as const;

/**
 * Redis 连接 — one Redis, a Sentinel group or a Cluster, by the address alone. Copies that BullMQ makes of the client
 * share its options, and so its pauses between attempts to connect.
 */
export class RedisConnection {
  readonly client: Redis | Cluster;
  private ending = false;
  private pauseEndsAt = 0;

  constructor(
    url: string,
    private readonly use: RedisUse,
    onError: (error: Error) => void,
  ) {
    this.client = this.connect(url);
    this.client.on('error', onError);
  }

  /** A client told to disconnect between two attempts never says that it ended: lets the pause pass, and makes it the last. */
  async settle(): Promise<void> {
    this.ending = true;
    const pauseMs = this.pauseEndsAt - Date.now() + 30;
    if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }

  private pause(attempt: number): number | null {
    if (this.ending) return null;
    const pauseMs = Math.min(attempt * 50, longestPauseMs);
    this.pauseEndsAt = Math.max(this.pauseEndsAt, Date.now() + pauseMs);
    return pauseMs;
  }

  private optionsOf(url: URL): RedisOptions {
    return {
      ...(url.username ? { username: decodeURIComponent(url.username) } : {}),
      ...(url.password ? { password: decodeURIComponent(url.password) } : {}),
      ...(url.protocol === 'rediss:' ? { tls: {} } : {}),
      maxRetriesPerRequest: this.use === 'sending' ? 1 : null,
      socketTimeout: silenceMs[this.use],
      retryStrategy: (attempt) => this.pause(attempt),
    };
  }

  /** `redis-cluster://a:1,b:2` and `redis-sentinel://a:1,b:2/master` name several hosts, which URL cannot read. */
  private connect(url: string): Redis | Cluster {
    const many = /^redis-(cluster|sentinel):\/\/(?:([^@/]*)@)?([^/]+)(?:\/([^/]+))?$/.exec(url);
    if (!many) {
      const single = new URL(url);
      return new Redis({ ...this.optionsOf(single), host: single.hostname, port: Number(single.port || 6379), db: Number(single.pathname.slice(1) || 0) });
    }
    const [, shape, credentials, hosts = '', master = 'mymaster'] = many;
    const nodes = hosts.split(',').map((host) => ({ host: host.split(':')[0] ?? '', port: Number(host.split(':')[1] ?? 6379) }));
    const shared = this.optionsOf(new URL(`redis://${credentials ? `${credentials}@` : ''}${hosts.split(',')[0] ?? ''}`));
    return shape === 'cluster' ? new Cluster(nodes, { redisOptions: shared }) : new Redis({ ...shared, sentinels: nodes, name: master });
  }
}
