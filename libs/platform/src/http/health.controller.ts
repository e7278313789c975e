import { Problem } from '@credit/contracts';
import { Controller, Get, Header, Inject } from '@nestjs/common';
import { Public } from '../access/access.guard';
import { Metrics } from '../telemetry/metrics';

/** What must answer before traffic is sent here. */
export class Readiness {
  constructor(private readonly checks: readonly (() => Promise<unknown>)[]) {}

  async check(): Promise<void> {
    try {
      await Promise.all(this.checks.map((check) => check()));
    } catch {
      throw new Problem('storage.unavailable');
    }
  }
}

@Controller()
@Public('probes and figures for operators, reachable inside the deployment; no case data')
export class HealthController {
  constructor(
    @Inject(Readiness) private readonly readiness: Readiness,
    @Inject(Metrics) private readonly metrics: Metrics,
  ) {}

  @Get('healthz')
  live(): { status: 'live' } {
    return { status: 'live' };
  }

  @Get('readyz')
  async ready(): Promise<{ status: 'ready' }> {
    await this.readiness.check();
    return { status: 'ready' };
  }

  @Get('metrics')
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  figures(): Promise<string> {
    return this.metrics.text();
  }
}
