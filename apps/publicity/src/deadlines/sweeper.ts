import { Background } from '@credit/platform';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { ReconcileDeadlines } from './reconcile-deadlines';
import { RingDeadlines } from './ring-deadlines';

const sweepSeconds = 60;
const reconcileSeconds = 600;

/** 值更 — sweeps at start and every minute on its own clock, whatever becomes of the queues; looks every ten minutes whether a new day needs reconciling. */
@Injectable()
export class Sweeper implements OnApplicationBootstrap {
  constructor(
    private readonly background: Background,
    private readonly ringDeadlines: RingDeadlines,
    private readonly reconcileDeadlines: ReconcileDeadlines,
  ) {}

  onApplicationBootstrap(): void {
    this.background.every('sweep deadlines', sweepSeconds, () => this.ringDeadlines.execute());
    this.background.every('reconcile deadlines', reconcileSeconds, () => this.reconcileDeadlines.nightly());
  }
}
