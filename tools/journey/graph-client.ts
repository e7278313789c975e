import { signIn, type SignInFlow } from '@credit/testing';
import { buildSchema, type GraphQLSchema } from 'graphql';

export interface GraphProblem {
  readonly code: string;
  readonly title: string;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly faults: readonly { readonly path: string; readonly message: string }[];
  readonly detail?: string;
}

interface GraphAnswer<T> {
  readonly data?: T | null;
  readonly errors?: readonly { message: string; extensions: { code: string; facts: Record<string, unknown>; faults?: GraphProblem['faults']; detail?: string } }[];
}

/** The county graph as a client sees it: its address, its schema, how to sign in. */
export class CountyGraphClient {
  private constructor(
    readonly url: string,
    readonly flow: SignInFlow,
    private readonly schema: GraphQLSchema,
  ) {}

  static async open(url: string, flow: SignInFlow): Promise<CountyGraphClient> {
    const answer = await fetch(`${url}/schema.graphql`);
    if (!answer.ok) throw new Error(`the graph at ${url} does not describe itself: ${answer.status}`);
    return new CountyGraphClient(url, flow, buildSchema(await answer.text()));
  }

  /** The type of a mutation's only argument, as the schema says it. */
  inputTypeOf(mutation: string): string {
    const argument = this.schema.getMutationType()?.getFields()[mutation]?.args.find((one) => one.name === 'input');
    if (!argument) throw new Error(`the graph has no mutation ${mutation}(input)`);
    return argument.type.toString();
  }

  async send<T>(query: string, variables: Readonly<Record<string, unknown>>, token: string): Promise<GraphAnswer<T>> {
    const answer = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables }),
    });
    return (await answer.json()) as GraphAnswer<T>;
  }
}

let requests = 0;
const runId = Math.random().toString(36).slice(2, 10);
const requestId = (): string => `journey-${runId}-${(requests += 1)}`;

/** One person at work: signs in when needed, asks and writes through the county graph. */
export class Person {
  private signedIn: { token: string; until: number } | undefined;

  constructor(
    readonly title: string,
    private readonly graph: CountyGraphClient,
    private readonly door: 'staff' | 'slip',
    private readonly form: Readonly<Record<string, string>>,
  ) {}

  async token(): Promise<string> {
    if (this.signedIn && this.signedIn.until > performance.now()) return this.signedIn.token;
    const result = await signIn(this.graph.flow, this.door, this.form);
    if ('refused' in result) throw new Error(`${this.title} could not sign in`);
    this.signedIn = { token: result.token, until: performance.now() + 10 * 60_000 };
    return result.token;
  }

  async ask<T>(query: string, variables: Readonly<Record<string, unknown>> = {}): Promise<T> {
    const answer = await this.graph.send<T>(query, variables, await this.token());
    if (answer.errors || !answer.data) throw new Error(`${this.title}: ${query.slice(0, 120)} → ${JSON.stringify(answer.errors).slice(0, 900)}`);
    return answer.data;
  }

  /** Writes through a mutation and returns its receipt. */
  async do<T = Record<string, unknown>>(mutation: string, input: object, answer: string): Promise<T> {
    const data = await this.ask<Record<string, T>>(this.mutation(mutation, answer), { input: { requestId: requestId(), ...input } });
    return data[mutation] as T;
  }

  /** Tries what must be refused and returns the problem. */
  async refused(mutation: string, input: object, answer: string): Promise<GraphProblem> {
    const sent = await this.graph.send(this.mutation(mutation, answer), { input: { requestId: requestId(), ...input } }, await this.token());
    const error = sent.errors?.[0];
    if (!error) throw new Error(`${this.title}: ${mutation} should have been refused`);
    return { title: error.message, code: error.extensions.code, facts: error.extensions.facts, faults: error.extensions.faults ?? [], ...(error.extensions.detail ? { detail: error.extensions.detail } : {}) };
  }

  /** Prints a paper from its door. */
  async paper(address: string): Promise<Buffer> {
    const answer = await fetch(address, { headers: { authorization: `Bearer ${await this.token()}` } });
    const bytes = Buffer.from(await answer.arrayBuffer());
    if (bytes.subarray(0, 5).toString('latin1') !== '%PDF-') throw new Error(`${this.title}: ${address} → ${answer.status} ${bytes.toString('utf8').slice(0, 400)}`);
    return bytes;
  }

  /** All rows of a paged query. */
  async all<Row>(field: string, args: string, row: string, variables: Readonly<Record<string, unknown>> = {}, declared = ''): Promise<Row[]> {
    const rows: Row[] = [];
    let after: string | null = null;
    do {
      const query: string = `query ($after: String${declared ? `, ${declared}` : ''}) { ${field}(${args ? `${args}, ` : ''}first: 200, after: $after) { rows { ${row} } nextCursor } }`;
      const data: Record<string, { rows: Row[]; nextCursor: string | null }> = await this.ask(query, { ...variables, after });
      rows.push(...(data[field]?.rows ?? []));
      after = data[field]?.nextCursor ?? null;
    } while (after !== null);
    return rows;
  }

  private mutation(field: string, answer: string): string {
    return `mutation ($input: ${this.graph.inputTypeOf(field)}) { ${field}(input: $input) { ${answer} } }`;
  }
}
