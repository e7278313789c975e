import { Problem } from '@credit/contracts';
import { Public, Tokens } from '@credit/platform';
import { Controller, type OnModuleDestroy, Param, ParseUUIDPipe, Req, Sse } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Observable, Subject, takeUntil } from 'rxjs';
import { z } from 'zod';
import { CountyGraph } from '../graph/county-graph';
import type { GraphContext } from '../graph/county-schema';
import { Sessions } from '../sessions/sessions';

/** Long work that has a query with `id state done total`; it is over in one of the named states. */
const longWork: Readonly<Record<string, { readonly field: string; readonly over: readonly string[] }>> = {
  import: { field: 'importJob', over: ['previewed', 'done', 'failed', 'discarded'] },
  simulation: { field: 'scorecardSimulation', over: ['computed'] },
  run: { field: 'ratingRun', over: ['computed', 'confirmed', 'failed', 'cancelled'] },
};
const everyMs = 500;
const step = z.object({ id: z.string(), state: z.string(), done: z.number(), total: z.number() });

interface ProgressEvent {
  readonly type: 'progress' | 'over' | 'problem';
  readonly data: object;
}

/** 进度 — server-sent events of a running import or rating run, until it is over. Rights are those of its query. */
@Controller('progress')
@Public('asks the graph on behalf of the bearer; the owning service checks the rights')
export class ProgressController implements OnModuleDestroy {
  private readonly stopping = new Subject<void>();

  constructor(
    private readonly graph: CountyGraph,
    private readonly sessions: Sessions,
    private readonly tokens: Tokens,
  ) {}

  /** A stop would wait for those who follow; they connect again, to another replica. */
  onModuleDestroy(): void {
    this.stopping.next();
  }

  @Sse(':kind/:id')
  async follow(@Param('kind') kind: string, @Param('id', ParseUUIDPipe) id: string, @Req() request: FastifyRequest): Promise<Observable<ProgressEvent>> {
    const work = Object.hasOwn(longWork, kind) ? longWork[kind] : undefined;
    if (!work) throw new Problem('progress.unknown-kind', { kind, known: Object.keys(longWork) });
    const token = await this.sessions.tokenOf(request);
    if (!token) throw new Problem('auth.missing');
    await this.tokens.verify(token);
    const context: GraphContext = { authorization: `Bearer ${token}`, requestId: request.id };
    const query = `query ($id: ID!) { ${work.field}(id: $id) { id state done total } }`;
    return new Observable<ProgressEvent>((listener) => {
      let timer: NodeJS.Timeout | undefined;
      const look = async (): Promise<void> => {
        const answer = await this.graph.ask({ query, variables: { id } }, context);
        const row = step.safeParse((answer.data as Record<string, unknown> | null | undefined)?.[work.field]);
        if (listener.closed) return;
        if (!row.success) {
          listener.next({ type: 'problem', data: answer.errors?.[0]?.extensions ?? { code: 'not-found' } });
          return listener.complete();
        }
        const over = work.over.includes(row.data.state);
        listener.next({ type: over ? 'over' : 'progress', data: row.data });
        if (over) return listener.complete();
        timer = setTimeout(round, everyMs);
      };
      const round = (): void => {
        look().catch((error: unknown) => listener.error(error));
      };
      round();
      return () => clearTimeout(timer);
    }).pipe(takeUntil(this.stopping));
  }
}
