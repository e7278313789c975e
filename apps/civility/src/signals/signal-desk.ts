import { createHash } from 'node:crypto';
import { RULES, type Rules, type Tx } from '@credit/platform';
import { canonicalText, type Signal, signalLimitsOn, supervisionSignals } from '@credit/policy';
import { Inject, Injectable } from '@nestjs/common';
import { TieStore } from '../bodies/tie.store';
import type { RoundRow } from '../rounds/round.row';
import { IndividualScores } from './individual-scores';
import { SignalStore } from './signal.store';

export interface ReadSignal {
  readonly signal: Signal;
  /** SHA-256 of the signal: what is raised is what was shown. */
  readonly digest: string;
}

/**
 * 监督信号 of a round as its reader may see them, computed from the confirmed group tables at this moment by the limits of the day the
 * round opened. Households the reader must withdraw from take no part in the calculation at all. 三(三) [D]
 */
@Injectable()
export class SignalDesk {
  constructor(
    private readonly individual: IndividualScores,
    @Inject(RULES) private readonly rules: Rules,
  ) {}

  async of(tx: Tx, round: RoundRow): Promise<ReadSignal[]> {
    const hidden = await new TieStore(tx).hiddenFrom(tx.actor.accountId);
    const limits = signalLimitsOn(this.rules.signals, round.openedOn ?? round.preparedOn);
    const agreed = await new SignalStore(tx).groups(round.id, hidden);
    const groups = round.marking === 'individual' ? await this.individual.beside(tx, round, agreed) : agreed;
    return supervisionSignals(limits, groups).map((signal) => ({ signal, digest: createHash('sha256').update(canonicalText(signal)).digest('hex') }));
  }
}
