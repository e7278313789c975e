import type { Tracer } from '@opentelemetry/api';
import type { Config } from '../config/config';

/** 链路追踪 of one service: several services in one process keep theirs apart. */
export interface Tracing {
  readonly tracer: Tracer | null;
  /** Sends what is left. */
  close(): Promise<void>;
}

const exportTimeoutMs = 3_000;

/** Spans go by OTLP over HTTP to `OTEL_EXPORTER_OTLP_ENDPOINT`; without it nothing is loaded and nothing recorded. */
export async function startTracing({ SERVICE, OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_TRACES_SAMPLER_ARG }: Config): Promise<Tracing> {
  if (!OTEL_EXPORTER_OTLP_ENDPOINT) return { tracer: null, close: () => Promise.resolve() };
  const [{ BatchSpanProcessor, ParentBasedSampler, TraceIdRatioBasedSampler, TracerProvider }, { OTLPTraceExporter }, { resourceFromAttributes }] = await Promise.all([
    import('@opentelemetry/sdk-trace'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
  ]);
  const exporter = new OTLPTraceExporter({ url: `${OTEL_EXPORTER_OTLP_ENDPOINT.replace(/\/$/, '')}/v1/traces`, timeoutMillis: exportTimeoutMs });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': SERVICE, 'service.namespace': 'credit-village' }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(OTEL_TRACES_SAMPLER_ARG) }),
    spanProcessors: [new BatchSpanProcessor({ exporter })],
  });
  return { tracer: provider.getTracer('credit-village'), close: () => provider.shutdown().catch(() => undefined) };
}
