import { Problem, type Service, services } from '@credit/contracts';
import { Background, type Config, CONFIG, formatGraphError, LOGGER, type Logger, peerUrl } from '@credit/platform';
import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { execute, type ExecutionResult, type GraphQLFormattedError, type GraphQLSchema, lexicographicSortSchema, parse, printSchema, specifiedRules, validate } from 'graphql';
import { z } from 'zod';
import { countySchema, type GraphContext } from './county-schema';
import { checkLimits, type QueryLimits } from './limits';

/** One question to the graph as GraphQL over HTTP sends it. */
export const graphRequest = z.object({
  query: z.string().min(1),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
});
export type GraphRequest = z.output<typeof graphRequest>;

export interface GraphAnswer {
  readonly data?: unknown;
  readonly errors?: readonly GraphQLFormattedError[];
}

const settings = z.object({
  maxDepth: z.number().int().positive().default(10),
  maxCost: z.number().int().positive().default(20_000),
});
const refreshSeconds = 60;

/** 总图 — checks limits, runs a query over all services, and answers problems in the one form. */
@Injectable()
export class CountyGraph implements OnApplicationBootstrap {
  private joined: GraphQLSchema | undefined;
  private readonly limits: QueryLimits;
  private readonly sources: readonly (readonly [Service, string])[];

  constructor(
    @Inject(CONFIG) config: Config,
    @Inject(LOGGER) private readonly log: Logger,
    private readonly background: Background,
  ) {
    const { maxDepth, maxCost } = settings.parse(config.SETTINGS);
    this.limits = { depth: maxDepth, cost: maxCost };
    this.sources = services.filter((service) => service !== 'gateway').map((service) => [service, peerUrl(config, service)] as const);
  }

  /** The services may still be starting; until all have described themselves the graph answers `peer.unavailable`. */
  onApplicationBootstrap(): void {
    this.background.every('county-schema', refreshSeconds, () => this.refresh());
  }

  private async refresh(): Promise<void> {
    this.joined = await countySchema(this.sources);
  }

  /** The joined schema; `peer.unavailable` until every service has described itself. */
  async schema(): Promise<GraphQLSchema> {
    if (!this.joined) {
      await this.refresh().catch(() => {
        throw new Problem('peer.unavailable');
      });
    }
    if (!this.joined) throw new Problem('peer.unavailable');
    return this.joined;
  }

  /** The whole graph in SDL, for documents and clients. */
  async sdl(): Promise<string> {
    return printSchema(lexicographicSortSchema(await this.schema()));
  }

  async ask(request: GraphRequest, context: GraphContext): Promise<GraphAnswer> {
    const format = (error: unknown): GraphQLFormattedError => {
      const plain = error instanceof Error && 'toJSON' in error ? (error as unknown as { toJSON(): GraphQLFormattedError }).toJSON() : { message: '' };
      return 'extensions' in plain && plain.extensions?.['code'] && plain.extensions['status'] ? plain : formatGraphError(plain, error, this.log);
    };
    try {
      const schema = await this.schema();
      const document = parse(request.query, { maxTokens: 10_000 });
      const faults = validate(schema, document, specifiedRules);
      if (faults.length > 0) return { errors: faults.map(format) };
      checkLimits(schema, document, request.variables ?? {}, this.limits);
      const result = (await execute({
        schema,
        document,
        contextValue: context,
        variableValues: request.variables ?? {},
        operationName: request.operationName ?? null,
      })) as ExecutionResult;
      return { ...(result.data === undefined ? {} : { data: result.data }), ...(result.errors ? { errors: result.errors.map(format) } : {}) };
    } catch (error) {
      return { errors: [format(error)] };
    }
  }
}
