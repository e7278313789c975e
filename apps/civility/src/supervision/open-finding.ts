import { newId, RULES, type Rules, type Tx, Vault } from '@credit/platform';
import { type Signal, windowOf } from '@credit/policy';
import { Inject, Injectable } from '@nestjs/common';
import type { RoundRow } from '../rounds/round.row';
import { FindingStore } from './finding.store';

interface Opening {
  readonly groupCode: string | null;
  readonly kind: string;
  readonly note: string;
  readonly raised?: { readonly signal: Signal; readonly digest: string };
}

export type FindingReceipt = Readonly<{ findingId: string; recordedOn: string; answerDueOn: string }>;

/** 立项 of a finding, whether a supervisor saw something or a signal showed it: from here on the village owes an answer. 三(三)2 [D] */
@Injectable()
export class OpenFinding {
  constructor(
    private readonly vault: Vault,
    @Inject(RULES) private readonly rules: Rules,
  ) {}

  async open(tx: Tx, round: RoundRow, { groupCode, kind, note, raised }: Opening): Promise<FindingReceipt> {
    const id = newId();
    const seal = await this.vault.sealFor(tx, id);
    const signal = raised ? seal.seal(JSON.stringify(raised.signal), ['finding', id, 'signal']) : null;
    const answerDueOn = windowOf(this.rules.terms, 'finding-answer', tx.today, { calendar: this.rules.calendar }).lastDay;
    await new FindingStore(tx).insert({ id, roundId: round.id, groupCode, kind, note: seal.seal(note, ['finding', id, 'note']), signal, signalDigest: raised?.digest ?? null, answerDueOn });
    await tx.audit.record('finding.recorded', id, { roundId: round.id, groupCode, kind, answerDueOn });
    return { findingId: id, recordedOn: tx.today, answerDueOn };
  }
}
