import { SpanKind, type Tracer } from '@opentelemetry/api';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { onTrail, type OpenSpan, openSpan, readTraceparent, type Trail } from './trail';

/** Asked every few seconds by machines; they belong to no request. */
const untraced = new Set(['/healthz', '/readyz', '/metrics']);

/** 请求的来龙去脉 — everything a request makes happen runs under its id and its span, which continues the caller's. */
export function traceRequests(http: FastifyInstance, tracer: Tracer | null): void {
  const open = new WeakMap<FastifyRequest, OpenSpan & { readonly trail: Trail }>();
  http.addHook('onRequest', (request, _reply, done) => {
    const route = request.routeOptions.url ?? 'unknown';
    const trail: Trail = { requestId: request.id, tracer: untraced.has(route) ? null : tracer, span: readTraceparent(request.headers['traceparent']) };
    const span = openSpan(`${request.method} ${route}`, SpanKind.SERVER, { 'http.request.method': request.method, 'http.route': route }, trail);
    open.set(request, { ...span, trail: span.trail ?? trail });
    done();
  });
  // The body was read in between, in a context of its own: the trail begins where the handler does.
  http.addHook('preValidation', (request, _reply, done) => {
    const trail = open.get(request)?.trail;
    if (trail) onTrail(trail, done);
    else done();
  });
  http.addHook('onResponse', (request, reply, done) => {
    const failed = reply.statusCode >= 500 ? { 'error.type': String(reply.statusCode) } : {};
    open.get(request)?.end({ 'http.response.status_code': reply.statusCode, ...failed });
    done();
  });
}
