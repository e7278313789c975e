import { AsyncLocalStorage } from 'node:async_hooks';
import type { Message } from '@credit/contracts';
import { type Attributes, isSpanContextValid, ROOT_CONTEXT, type Span, type SpanContext, SpanKind, SpanStatusCode, trace, type Tracer } from '@opentelemetry/api';
import { reasonOf } from './reason';

/** 来龙去脉 — what a piece of work belongs to: the request that began it all, and the span it runs in, be it another service's. */
export interface Trail {
  readonly requestId: string;
  readonly tracer: Tracer | null;
  readonly span: SpanContext | null;
}

/** The only facts that may leave in a trace: names of doors, events, reads, operations and services, and outcomes. Nothing of a case. */
export interface SpanFacts {
  readonly 'http.request.method'?: string;
  readonly 'http.route'?: string;
  readonly 'http.response.status_code'?: number;
  readonly 'messaging.destination.name'?: string;
  readonly 'messaging.operation.name'?: 'process';
  readonly 'peer.service'?: string;
  readonly 'credit.operation'?: string;
  readonly 'error.type'?: string;
}

export interface OpenSpan {
  /** Where work of this span belongs to. */
  readonly trail: Trail | undefined;
  readonly end: (facts?: SpanFacts, error?: unknown) => void;
}

const trails = new AsyncLocalStorage<Trail>();
const traceparent = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

export function currentTrail(): Trail | undefined {
  return trails.getStore();
}

export function onTrail<T>(trail: Trail, work: () => T): T {
  return trails.run(trail, work);
}

/** A remote span by its W3C `traceparent`; null for none or a malformed one. */
export function readTraceparent(text: unknown): SpanContext | null {
  const [, traceId = '', spanId = '', flags = ''] = (typeof text === 'string' && traceparent.exec(text)) || [];
  const span = { traceId, spanId, traceFlags: Number.parseInt(flags || '0', 16), isRemote: true };
  return isSpanContextValid(span) ? span : null;
}

function traceparentOf({ traceId, spanId, traceFlags }: SpanContext): string {
  return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`;
}

/** What a call to another service carries, so that one request is one id and one trace in all of them. */
export function trailHeaders(trail = currentTrail()): Record<string, string> {
  return { ...(trail ? { 'x-request-id': trail.requestId } : {}), ...(trail?.span ? { traceparent: traceparentOf(trail.span) } : {}) };
}

/** The same for a message. */
export function trailOfNewMessage(trail = currentTrail()): Pick<Message, 'requestId' | 'trace'> {
  return { ...(trail ? { requestId: trail.requestId } : {}), ...(trail?.span ? { trace: traceparentOf(trail.span) } : {}) };
}

export function trailOfMessage(message: Message, tracer: Tracer | null): Trail {
  return { requestId: message.requestId ?? message.id, tracer, span: readTraceparent(message.trace) };
}

/** Begins a span below the given trail; without tracing it costs nothing and the trail goes on as it was. */
export function openSpan(name: string, kind: SpanKind, facts: SpanFacts = {}, trail = currentTrail()): OpenSpan {
  if (!trail?.tracer) return { trail, end: () => undefined };
  const parent = trail.span ? trace.setSpanContext(ROOT_CONTEXT, trail.span) : ROOT_CONTEXT;
  const span = trail.tracer.startSpan(name, { kind, attributes: { ...facts } satisfies Attributes }, parent);
  return { trail: { ...trail, span: span.spanContext() }, end: (more, error) => endSpan(span, more, error) };
}

function endSpan(span: Span, facts: SpanFacts = {}, error?: unknown): void {
  span.setAttributes({ ...facts, ...(error === undefined ? {} : { 'error.type': reasonOf(error) }) });
  if (error !== undefined) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}

/** Does the work inside a span of its own. An error is told by its code or class, never by its text. */
export async function inSpan<T>(name: string, kind: SpanKind, facts: SpanFacts, work: () => Promise<T>): Promise<T> {
  const { trail, end } = openSpan(name, kind, facts);
  try {
    const result = await (trail ? trails.run(trail, work) : work());
    end();
    return result;
  } catch (error) {
    end({}, error);
    throw error;
  }
}
