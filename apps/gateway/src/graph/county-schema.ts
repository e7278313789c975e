import { Problem, type Service } from '@credit/contracts';
import { inSpan, trailHeaders } from '@credit/platform';
import type { SubschemaConfig } from '@graphql-tools/delegate';
import { stitchSchemas, ValidationLevel } from '@graphql-tools/stitch';
import { schemaFromExecutor } from '@graphql-tools/wrap';
import { SpanKind } from '@opentelemetry/api';
import { type DocumentNode, type ExecutionResult, getNamedType, type GraphQLSchema, isObjectType, print } from 'graphql';

/** What travels with every call to a service: who asks, and under which request id. */
export interface GraphContext {
  readonly authorization?: string;
  readonly requestId: string;
}

const timeoutMs = 20_000;

/** The service that knows every row of the types that others extend: it answers `…ByIds` when a person asks it. */
const registry: Service = 'archives';

/** Types that several services describe are joined by each service's `…ByIds` query. */
function mergeRules(service: Service, schema: GraphQLSchema): NonNullable<SubschemaConfig['merge']> {
  const merge: NonNullable<SubschemaConfig['merge']> = {};
  const doors: Record<string, { canonical: boolean }> = {};
  for (const [fieldName, field] of Object.entries(schema.getQueryType()?.getFields() ?? {})) {
    const type = getNamedType(field.type);
    if (!fieldName.endsWith('ByIds') || !isObjectType(type)) continue;
    merge[type.name] = {
      selectionSet: '{ id }',
      fieldName,
      key: (row: { id: string }) => row.id,
      argsFromKeys: (ids: readonly string[]) => ({ ids }),
    };
    doors[fieldName] = { canonical: true };
  }
  if (service === registry) merge['Query'] = { fields: doors };
  return merge;
}

interface Asked {
  readonly document: DocumentNode;
  readonly variables?: unknown;
  readonly context?: GraphContext | undefined;
}

/** Sends one query to a service. A service that does not answer in time is `peer.unavailable`, as for any other neighbour. */
function executorOf(service: Service, url: string): (asked: Asked) => Promise<ExecutionResult> {
  return async ({ document, variables, context }) => {
    try {
      const ask = (): Promise<Response> => fetch(`${url}/graphql`, {
        method: 'POST',
        headers: {
          ...trailHeaders(),
          'content-type': 'application/json',
          ...(context ? { 'x-request-id': context.requestId } : {}),
          ...(context?.authorization ? { authorization: context.authorization } : {}),
        },
        body: JSON.stringify({ query: print(document), variables }),
        signal: AbortSignal.timeout(timeoutMs),
      });
      const answer = await inSpan('ask graph', SpanKind.CLIENT, { 'peer.service': service }, ask);
      return (await answer.json()) as ExecutionResult;
    } catch {
      throw new Problem('peer.unavailable', { owner: service });
    }
  };
}

async function subschemaOf(service: Service, url: string): Promise<SubschemaConfig> {
  const executor = executorOf(service, url) as NonNullable<SubschemaConfig['executor']>;
  const schema = await schemaFromExecutor(executor);
  return { schema, executor, batch: true, merge: mergeRules(service, schema) };
}

/** 县级总图 — one graph stitched from the plain graphs of all services, as they describe themselves at this moment. */
export async function countySchema(services: readonly (readonly [Service, string])[]): Promise<GraphQLSchema> {
  const subschemas = await Promise.all(services.map(([service, url]) => subschemaOf(service, url)));
  return stitchSchemas({ subschemas, mergeTypes: true, typeMergingOptions: { validationSettings: { validationLevel: ValidationLevel.Error } } });
}
