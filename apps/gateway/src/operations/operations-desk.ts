import { isProblemCode, Problem, problems, type Service, services } from '@credit/contracts';
import { type Config, CONFIG, overdueRanges, peerUrl, trailHeaders } from '@credit/platform';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';

const overdue = z.object(Object.fromEntries(overdueRanges.map(({ days }) => [days, z.number()])) as Record<(typeof overdueRanges)[number]['days'], z.ZodNumber>);
const figures = z.object({
  duties: z.array(z.object({ duty: z.string(), zh: z.string(), clause: z.string(), open: z.number(), dueToday: z.number(), overdue })),
  backlogs: z.array(z.object({ work: z.string(), zh: z.string(), count: z.number() })),
  outboxUnsent: z.number(),
  outboxAgeSeconds: z.number(),
  messagesParked: z.number(),
  auditUnsealedAgeSeconds: z.number(),
  queueWaiting: z.number().nullable(),
});
const parked = z.array(z.object({ messageId: z.string(), name: z.string(), reason: z.string(), parkedAt: z.coerce.date(), requestId: z.string().nullable() }));
const refusal = z.object({ code: z.string() });

export type ServiceFigures = z.output<typeof figures>;
export type ParkedMessage = z.output<typeof parked>[number];
export type StoringService = Exclude<Service, 'gateway'>;

/** One service as the page shows it; `figures` is null while it is away. */
export interface ServiceState {
  readonly service: StoringService;
  readonly figures: ServiceFigures | null;
  /** Null for who may look but not replay. */
  readonly parked: readonly ParkedMessage[] | null;
}

export const storing = services.filter((service): service is StoringService => service !== 'gateway');
const timeoutMs = 5_000;

/** 运维台 — asks every service on behalf of whoever looks; each checks the rights itself, as the gateway keeps none. */
@Injectable()
export class OperationsDesk {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  look(token: string): Promise<ServiceState[]> {
    return Promise.all(storing.map((service) => this.lookAt(service, token)));
  }

  /** Replays one message and says nothing else; a repeat under the same request id is one replay on the audit trail. */
  async replay(service: StoringService, messageId: string, requestId: string, token: string): Promise<void> {
    await this.ask(service, `ops/parked/${messageId}/replay`, token, requestId);
  }

  private async lookAt(service: StoringService, token: string): Promise<ServiceState> {
    try {
      const seen = figures.parse(await this.ask(service, 'ops/figures', token));
      return { service, figures: seen, parked: await this.parkedAt(service, token) };
    } catch (error) {
      if (error instanceof Problem && problems[error.code].status < 500) throw error;
      return { service, figures: null, parked: null };
    }
  }

  private async parkedAt(service: StoringService, token: string): Promise<ParkedMessage[] | null> {
    try {
      return parked.parse(await this.ask(service, 'ops/parked', token));
    } catch (error) {
      if (error instanceof Problem && error.code === 'access.denied') return null;
      throw error;
    }
  }

  /** Reads, or replays under a request id. The service's own refusal is passed on; a service that cannot answer is `peer.unavailable`. */
  private async ask(service: StoringService, path: string, token: string, replayAs?: string): Promise<unknown> {
    const away = new Problem('peer.unavailable', { owner: service });
    const answer = await fetch(`${peerUrl(this.config, service)}/${path}`, {
      method: replayAs ? 'POST' : 'GET',
      headers: { ...trailHeaders(), authorization: `Bearer ${token}`, ...(replayAs ? { 'x-request-id': replayAs } : {}) },
      signal: AbortSignal.timeout(timeoutMs),
    }).catch(() => {
      throw away;
    });
    const body: unknown = await answer.json().catch(() => null);
    if (answer.ok) return body;
    const code = refusal.safeParse(body).data?.code ?? '';
    throw isProblemCode(code) ? new Problem(code, { owner: service }) : away;
  }
}
