import { Problem } from '@credit/contracts';
import { type DocumentNode, type GraphQLSchema, Kind, type SelectionSetNode } from 'graphql';
import { getComplexity, simpleEstimator } from 'graphql-query-complexity';

/** 查询限度 — how deep and how costly one query may be; protects the services behind. */
export interface QueryLimits {
  readonly depth: number;
  readonly cost: number;
}

const introspection = /^__(schema|type)$/;

function depthOf(set: SelectionSetNode | undefined, fragments: ReadonlyMap<string, SelectionSetNode>, open: ReadonlySet<string>): number {
  if (!set) return 0;
  const depths = set.selections.map((selection) => {
    switch (selection.kind) {
      case Kind.FIELD:
        return introspection.test(selection.name.value) ? 0 : 1 + depthOf(selection.selectionSet, fragments, open);
      case Kind.INLINE_FRAGMENT:
        return depthOf(selection.selectionSet, fragments, open);
      case Kind.FRAGMENT_SPREAD: {
        const name = selection.name.value;
        return open.has(name) ? 0 : depthOf(fragments.get(name), fragments, new Set([...open, name]));
      }
    }
  });
  return Math.max(0, ...depths);
}

/** Refuses `query.too-deep` and `query.too-costly`. A paged field costs its rows times what each row costs. */
export function checkLimits(schema: GraphQLSchema, document: DocumentNode, variables: Readonly<Record<string, unknown>>, limits: QueryLimits): void {
  const fragments = new Map(document.definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one.selectionSet] as const] : [])));
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const depth = depthOf(definition.selectionSet, fragments, new Set());
    if (depth > limits.depth) throw new Problem('query.too-deep', { depth, limit: limits.depth });
  }
  const cost = getComplexity({
    schema,
    query: document,
    variables: { ...variables },
    estimators: [
      ({ args, childComplexity }) => {
        const rows: unknown = args['first'] ?? (Array.isArray(args['ids']) ? args['ids'].length : undefined);
        return typeof rows === 'number' ? Math.max(1, Math.min(rows, 1_000)) * Math.max(1, childComplexity) : undefined;
      },
      simpleEstimator({ defaultComplexity: 1 }),
    ],
  });
  if (cost > limits.cost) throw new Problem('query.too-costly', { cost, limit: limits.cost });
}
