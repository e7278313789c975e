import { Problem, type ProblemCode } from '@credit/contracts';
import { listWorkbook } from '@credit/print';
import { Injectable } from '@nestjs/common';
import { getNullableType, type GraphQLInputType, isListType } from 'graphql';
import { CountyGraph, type GraphAnswer } from '../graph/county-graph';
import type { GraphContext } from '../graph/county-schema';
import { type ExportPlan, exportPlan } from './export-plan';

type Row = Readonly<Record<string, unknown>>;

/** More than anybody reads; a bank or the province has interfaces of its own. */
const mostRows = 50_000;
const noteExport = 'mutation ($input: NoteExportArgs!) { noteExport(input: $input) { list } }';

/** 导出清单 — any list of the graph as a workbook, with the rights of whoever asks; noted before the first row is read. */
@Injectable()
export class ExportList {
  constructor(private readonly graph: CountyGraph) {}

  async execute(list: string, given: Readonly<Record<string, string>>, context: GraphContext): Promise<Buffer> {
    const plan = exportPlan(await this.graph.schema(), list);
    if (!plan) throw new Problem('export.unknown-list', { list });
    const variables = variablesOf(plan, given);
    await this.ask({ query: noteExport, variables: { input: { requestId: `export-${context.requestId}`, list } } }, context);
    const rows: string[][] = [];
    for await (const row of this.rows(plan, variables, context)) {
      if (rows.length === mostRows) throw new Problem('export.too-large', { list, most: mostRows });
      rows.push(plan.columns.map(({ path }) => shown(path.reduce<unknown>((value, name) => (value as Row | null)?.[name] ?? null, row))));
    }
    return listWorkbook(plan.columns.map(({ head }) => ({ head })), rows, plan.title);
  }

  private async *rows(plan: ExportPlan, variables: Row, context: GraphContext): AsyncGenerator<Row> {
    let after: string | null = null;
    do {
      const data: Record<string, unknown> = await this.ask({ query: plan.query, variables: { ...variables, ...(plan.paged ? { after } : {}) } }, context);
      const answer = data[plan.list];
      const page = plan.paged ? (answer as { rows: Row[]; nextCursor: string | null }) : { rows: (answer ?? []) as Row[], nextCursor: null };
      yield* page.rows;
      after = page.nextCursor;
    } while (after !== null);
  }

  /** The problem of the owning service is that of the export. */
  private async ask(request: { readonly query: string; readonly variables: Row }, context: GraphContext): Promise<Record<string, unknown>> {
    const answer: GraphAnswer = await this.graph.ask(request, context);
    const [error] = answer.errors ?? [];
    if (!error) return answer.data as Record<string, unknown>;
    const { code, facts, faults } = (error.extensions ?? {}) as { code?: ProblemCode; facts?: Row; faults?: { path: string; message: string }[] };
    throw new Problem(code ?? 'internal.error', facts ?? {}, faults ?? []);
  }
}

function variablesOf({ args }: ExportPlan, given: Readonly<Record<string, string>>): Row {
  const unknown = Object.keys(given).filter((name) => !args.has(name));
  if (unknown.length > 0) throw new Problem('input.invalid', {}, unknown.map((path) => ({ path, message: `这份清单没有“${path}”这个条件，可用的有：${[...args.keys()].join('、') || '无'}` })));
  return Object.fromEntries([...args].flatMap(([name, type]) => (given[name] === undefined ? [] : [[name, read(type, given[name])]])));
}

/** A query string holds only texts. */
function read(type: GraphQLInputType, text: string): unknown {
  const plain = getNullableType(type);
  if (isListType(plain)) return text.split(',').map((one) => read(plain.ofType, one));
  switch (String(plain)) {
    case 'Int':
    case 'Float':
      return Number(text);
    case 'Boolean':
      return text === 'true';
    default:
      return text;
  }
}

function shown(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return value ? '是' : '否';
  return Array.isArray(value) ? value.map(shown).join('、') : String(value as string | number);
}
