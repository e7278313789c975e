import { type GraphQLField, type GraphQLInputType, type GraphQLObjectType, type GraphQLOutputType, type GraphQLSchema, getNamedType, getNullableType, isLeafType, isListType, isNonNullType, isObjectType } from 'graphql';

/** 一栏 — where its value stands in a row, and its head: the Chinese description of the field. */
export interface ExportColumn {
  readonly head: string;
  readonly path: readonly string[];
}

/** 一份清单怎样导出 — the query that answers a page of it, and its columns. */
export interface ExportPlan {
  readonly list: string;
  readonly title: string;
  readonly query: string;
  readonly paged: boolean;
  readonly columns: readonly ExportColumn[];
  /** Arguments that may be given, each with its type. */
  readonly args: ReadonlyMap<string, GraphQLInputType>;
}

const rowsPerPage = 100;
const paging = new Set(['first', 'after']);

/** Ids mean nothing to people. */
function isForPeople(field: GraphQLField<unknown, unknown>): boolean {
  return isLeafType(getNamedType(field.type)) && getNamedType(field.type).name !== 'ID' && field.args.every(({ type }) => !isNonNullType(type));
}

function fieldsOf(type: GraphQLObjectType): GraphQLField<unknown, unknown>[] {
  return Object.values(type.getFields());
}

function headOf({ name, description }: GraphQLField<unknown, unknown>): string {
  return description?.split(/[；：，。]/)[0] ?? name;
}

/** Leaves of a row and of the single objects directly in it. */
function columnsOf(row: GraphQLObjectType): ExportColumn[] {
  return fieldsOf(row).flatMap((field): ExportColumn[] => {
    if (isForPeople(field)) return [{ head: headOf(field), path: [field.name] }];
    const inner = getNullableType(field.type);
    if (!isObjectType(inner) || field.args.length > 0) return [];
    return fieldsOf(inner).filter(isForPeople).map((one) => ({ head: field.description ? `${headOf(field)}：${headOf(one)}` : headOf(one), path: [field.name, one.name] }));
  });
}

function selection(columns: readonly ExportColumn[]): string {
  const names = [...new Set(columns.map(({ path }) => path[0] ?? ''))];
  return names
    .map((name) => {
      const inner = columns.flatMap(({ path }) => (path[0] === name && path[1] !== undefined ? [path[1]] : []));
      return inner.length === 0 ? name : `${name} { ${inner.join(' ')} }`;
    })
    .join(' ');
}

function rowOf(type: GraphQLOutputType): { readonly row: GraphQLObjectType; readonly paged: boolean } | undefined {
  const answer = getNullableType(type);
  if (isListType(answer)) {
    const row = getNamedType(answer);
    return isObjectType(row) ? { row, paged: false } : undefined;
  }
  if (!isObjectType(answer) || !answer.getFields()['nextCursor']) return undefined;
  const row = getNamedType(answer.getFields()['rows']?.type);
  return isObjectType(row) ? { row, paged: true } : undefined;
}

/** Any list of the graph; undefined for what is none. */
export function exportPlan(schema: GraphQLSchema, list: string): ExportPlan | undefined {
  const fields = schema.getQueryType()?.getFields() ?? {};
  const field = Object.hasOwn(fields, list) ? fields[list] : undefined;
  const found = field && rowOf(field.type);
  if (!field || !found) return undefined;
  const columns = columnsOf(found.row);
  if (columns.length === 0) return undefined;
  const args = new Map(field.args.filter(({ name }) => !paging.has(name)).map(({ name, type }) => [name, type]));
  const declared = [...[...args].map(([name, type]) => `$${name}: ${String(type)}`), ...(found.paged ? ['$after: String'] : [])];
  const passed = [...[...args.keys()].map((name) => `${name}: $${name}`), ...(found.paged ? [`first: ${rowsPerPage}`, 'after: $after'] : [])];
  const inner = found.paged ? `rows { ${selection(columns)} } nextCursor` : selection(columns);
  const query = `query${declared.length > 0 ? ` (${declared.join(', ')})` : ''} { ${list}${passed.length > 0 ? `(${passed.join(', ')})` : ''} { ${inner} } }`;
  return { list, title: field.description ?? list, query, paged: found.paged, columns, args };
}
