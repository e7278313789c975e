import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** 运行指标 — one registry per service, so that several services in one process keep theirs apart. */
export class Metrics {
  readonly registry = new Registry();
  readonly requests: Histogram<'route' | 'status'>;
  readonly messages: Counter<'event' | 'outcome'>;

  constructor(service: string) {
    this.registry.setDefaultLabels({ service });
    collectDefaultMetrics({ register: this.registry });
    this.requests = new Histogram({ name: 'http_request_seconds', help: 'Time to answer', labelNames: ['route', 'status'], registers: [this.registry] });
    this.messages = new Counter({ name: 'messages_total', help: 'Messages by outcome', labelNames: ['event', 'outcome'], registers: [this.registry] });
  }

  /** A gauge read from its source whenever metrics are asked for. */
  gauge(name: string, help: string, read: () => Promise<number>): void {
    new Gauge({
      name,
      help,
      registers: [this.registry],
      async collect() {
        this.set(await read());
      },
    });
  }
}
