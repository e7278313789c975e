import type { Service } from '@credit/contracts';
import { buildHTTPExecutor } from '@graphql-tools/executor-http';
import type { SubschemaConfig } from '@graphql-tools/delegate';
import { stitchSchemas } from '@graphql-tools/stitch';
import { schemaFromExecutor } from '@graphql-tools/wrap';
import { getNamedType, type GraphQLSchema, isObjectType } from 'graphql';

/** What travels with every call to a service: who asks, and under which request id. */
export interface GraphContext {
  readonly authorization?: string;
  readonly requestId: string;
}

const timeoutMs = 20_000;

/** Types that several services describe are joined by each service's `…ByIds` query. */
function mergeRules(schema: GraphQLSchema): NonNullable<SubschemaConfig['merge']> {
  const merge: NonNullable<SubschemaConfig['merge']> = {};
  for (const [fieldName, field] of Object.entries(schema.getQueryType()?.getFields() ?? {})) {
    const type = getNamedType(field.type);
    if (!fieldName.endsWith('ByIds') || !isObjectType(type)) continue;
    merge[type.name] = {
      selectionSet: '{ id }',
      fieldName,
      key: (row: { id: string }) => row.id,
      argsFromKeys: (ids: readonly string[]) => ({ ids }),
    };
  }
  return merge;
}

async function subschemaOf(service: Service, url: string): Promise<SubschemaConfig> {
  const executor = buildHTTPExecutor({
    endpoint: `${url}/graphql`,
    timeout: timeoutMs,
    headers: (request): Record<string, string> => {
      const context = request?.context as GraphContext | undefined;
      return { ...(context?.authorization ? { authorization: context.authorization } : {}), 'x-request-id': context?.requestId ?? `gateway-${service}` };
    },
  });
  const schema = await schemaFromExecutor(executor);
  return { schema, executor, batch: true, merge: mergeRules(schema) };
}

/** 县级总图 — one graph stitched from the plain graphs of all services, as they describe themselves at this moment. */
export async function countySchema(services: readonly (readonly [Service, string])[]): Promise<GraphQLSchema> {
  const subschemas = await Promise.all(services.map(([service, url]) => subschemaOf(service, url)));
  return stitchSchemas({ subschemas, mergeTypes: true });
}
