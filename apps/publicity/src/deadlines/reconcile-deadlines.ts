import { hearers, Problem, type Service, sharedReads } from '@credit/contracts';
import { type Actor, InternalClient, LOGGER, type Logger, systemActor, type Tx, UnitOfWork } from '@credit/platform';
import { Inject, Injectable } from '@nestjs/common';
import { OwnDeadlines } from '../publications/own-deadlines';
import { type Deadline, DeadlineStore } from './deadline.store';

const pageSize = 1000;

/** Services that keep deadlines: those that hear when one has passed. */
export const deadlineOwners: readonly Service[] = hearers['deadline.passed'];

export type Reconciled = Readonly<{ owner: string; held: number; dropped: number }>;

/** 期限对账 — rebuilds the alarms of an owner from the last days in its own columns, so that a lost message delays and loses nothing. */
@Injectable()
export class ReconcileDeadlines {
  constructor(
    private readonly work: UnitOfWork,
    private readonly peers: InternalClient,
    private readonly ownDeadlines: OwnDeadlines,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  /** Once a day per owner; an owner that cannot be reached is tried again at the next round. */
  async nightly(): Promise<void> {
    for (const owner of deadlineOwners) {
      try {
        await this.work.run(systemActor(), (tx) => this.inside(tx, owner, false));
      } catch (error) {
        this.log.info({ owner, reason: error instanceof Problem ? error.code : 'failed', err: error }, 'reconciliation of deadlines postponed');
      }
    }
  }

  /** On demand, whether or not it was done today. */
  execute(actor: Actor, owner: string, requestId: string): Promise<Reconciled> {
    return this.work.once({ actor, operation: 'deadline.reconcile', requestId, body: { owner } }, async (tx) => {
      const known = deadlineOwners.find((name) => name === owner);
      if (!known) throw new Problem('deadline.unknown-owner', { owner, known: deadlineOwners });
      const reconciled = await this.inside(tx, known, true);
      if (!reconciled) throw new Problem('request.in-progress', { owner });
      return reconciled;
    });
  }

  private async inside(tx: Tx, owner: Service, anew: boolean): Promise<Reconciled | null> {
    const deadlines = new DeadlineStore(tx);
    if (!(await deadlines.claimReconciliation(owner, anew))) return null;
    const startedAt = await deadlines.machineNow();
    let held = 0;
    let page: Deadline[] = [];
    const keep = async (): Promise<void> => {
      await deadlines.set(page);
      held += page.length;
      page = [];
    };
    for await (const row of this.heldBy(tx, owner)) {
      page.push({ ...row, owner });
      if (page.length === pageSize) await keep();
    }
    await keep();
    const dropped = await deadlines.endReconciliation(owner, startedAt);
    await tx.audit.record('deadlines.reconciled', owner, { held, dropped });
    return { owner, held, dropped };
  }

  private heldBy(tx: Tx, owner: Service): AsyncIterable<Omit<Deadline, 'owner'>> {
    return owner === 'publicity' ? this.ownDeadlines.held(tx) : this.peers.stream(sharedReads.deadlines, {}, owner);
  }
}
