import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import type { DynamicModule, INestApplicationContext } from '@nestjs/common';
import { GraphQLModule } from '@nestjs/graphql';
import { OrphanedReferenceRegistry } from '@nestjs/graphql/dist/schema-builder/services/orphaned-reference.registry.js';
import type { FastifyRequest } from 'fastify';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { problemAnswer } from '../problems/problem-answer';
import type { Logger } from '../telemetry/logger';

/** What the graph answers for an error: the problem's Chinese title, and its code and facts as extensions. */
export function formatGraphError(formatted: GraphQLFormattedError, error: unknown, log: Logger): GraphQLFormattedError {
  const original = error instanceof GraphQLError ? (error.originalError ?? error) : error;
  const { title, ...rest } = problemAnswer(original);
  if (rest.status >= 500) log.error({ problem: rest.code, path: formatted.path, err: original }, 'field failed');
  return { message: title, ...(formatted.path ? { path: formatted.path } : {}), ...(formatted.locations ? { locations: formatted.locations } : {}), extensions: { ...rest, title } };
}

/** The plain graph of one service, code first. */
export function graphModule(log: Logger): DynamicModule {
  return GraphQLModule.forRoot<ApolloDriverConfig>({
    driver: ApolloDriver,
    autoSchemaFile: true,
    sortSchema: true,
    path: '/graphql',
    playground: false,
    introspection: true,
    csrfPrevention: true,
    includeStacktraceInErrorResponses: false,
    context: (request: FastifyRequest) => ({ req: request }),
    formatError: (formatted, error) => formatGraphError(formatted, error, log),
  });
}

/**
 * Leaves in a service's graph only the types its own queries and mutations reach. Nest collects type classes of the whole
 * process, so that services in one process would find each other's `Household` in their graphs. To be called before `init`.
 */
export function onlyReachableTypes(app: INestApplicationContext): void {
  app.get(OrphanedReferenceRegistry, { strict: false }).getAll = () => [];
}
