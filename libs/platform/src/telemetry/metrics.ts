import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { type LabelsOf, type MetricName, type MetricOf, metricTable } from './metric-table';

/** One value of a gauge. */
export interface Sample {
  readonly name: MetricOf<'gauge'>;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export function sample<N extends MetricOf<'gauge'>>(name: N, labels: Readonly<Record<LabelsOf<N>, string>>, value: number): Sample {
  return { name, labels, value };
}

interface Watcher {
  readonly source: string;
  readonly names: readonly MetricOf<'gauge'>[];
  readonly read: () => Promise<readonly Sample[]>;
}

const lagBuckets = [0.05, 0.25, 1, 5, 30, 120, 600, 3_600, 86_400];

/** 运行指标 — one registry per service, so that several services in one process keep theirs apart. */
export class Metrics {
  private readonly registry = new Registry();
  private readonly gauges = new Map<MetricName, Gauge>();
  private readonly watchers: Watcher[] = [];
  readonly requests = this.histogram('http_request_seconds');
  readonly messages = new Counter<LabelsOf<'messages_total'>>({ ...this.shape('messages_total'), registers: [this.registry] });
  readonly lag = this.histogram('message_lag_seconds', lagBuckets);

  constructor(service: string) {
    this.registry.setDefaultLabels({ service });
    collectDefaultMetrics({ register: this.registry });
  }

  /** Reads these gauges whenever figures are asked for; `source` says in `figures_readable` which reading failed. */
  watch(source: string, names: readonly MetricOf<'gauge'>[], read: () => Promise<readonly Sample[]>): void {
    this.watchers.push({ source, names, read });
  }

  /** All figures of this moment in the text form of Prometheus. What cannot be read is absent, never old, and the rest is answered. */
  async text(): Promise<string> {
    await Promise.all(this.watchers.map((watcher) => this.refresh(watcher)));
    return this.registry.metrics();
  }

  private async refresh({ source, names, read }: Watcher): Promise<void> {
    const samples = await read().catch(() => null);
    for (const name of names) this.clear(name);
    for (const { name, labels, value } of samples ?? []) this.gauge(name).set(labels, value);
    this.gauge('figures_readable').set({ source }, samples ? 1 : 0);
  }

  private clear(name: MetricOf<'gauge'>): void {
    const gauge = this.gauge(name);
    gauge.reset();
    if (metricTable[name].labels.length === 0) gauge.remove();
  }

  private gauge(name: MetricOf<'gauge'>): Gauge {
    const known = this.gauges.get(name) ?? new Gauge({ ...this.shape(name), registers: [this.registry] });
    this.gauges.set(name, known);
    return known;
  }

  private histogram<N extends MetricOf<'histogram'>>(name: N, buckets?: number[]): Histogram<LabelsOf<N>> {
    return new Histogram({ ...this.shape(name), ...(buckets ? { buckets } : {}), registers: [this.registry] });
  }

  private shape<N extends MetricName>(name: N): { name: N; help: string; labelNames: LabelsOf<N>[] } {
    return { name, help: metricTable[name].zh, labelNames: [...metricTable[name].labels] as LabelsOf<N>[] };
  }
}
