import { Problem } from '@credit/contracts';
import { type Actor, type Tx, UnitOfWork } from '@credit/platform';
import { roundMachine } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { ItemListStore } from '../lists/item-list.store';
import { PrecheckStore } from '../precheck/precheck.store';
import type { RoundRow } from '../rounds/round.row';
import { RoundStore } from '../rounds/round.store';
import { type PresentScore, ScoreStore } from '../scores/score.store';
import { type FindingCounts, FindingStore } from '../supervision/finding.store';
import { digestOf } from './digest';

const filing = z.object({
  roundId: z.uuid(),
  /** What the committee saw; when given, a set that changed since is not filed. */
  digest: z.string().nullish(),
});

export type FileRoundInput = z.input<typeof filing> & { readonly requestId: string };
export type FilingReceipt = Readonly<{ roundId: string; state: string; filedOn: string; digest: string; households: number }> & FindingCounts;

/**
 * 审核备案 — the town party committee files the round: the set is frozen, its SHA-256 kept, and the publication of the
 * results asked for. A flagged household whose veto was not counted stops it; open findings of the
 * supervisors do not, but stand on the receipt and in the audit. 三(三)3 [D]
 */
@Injectable()
export class FileRound {
  constructor(private readonly work: UnitOfWork) {}

  execute(actor: Actor, { requestId, ...body }: FileRoundInput): Promise<FilingReceipt> {
    return this.work.once({ actor, operation: 'round.file', requestId, body }, async (tx) => {
      const input = filing.parse(body);
      const rounds = new RoundStore(tx);
      const round = await rounds.lock(input.roundId);
      actor.require('round.file', round.villageCode);
      const state = roundMachine.next(round.state, 'file');
      const scores = new ScoreStore(tx);
      const rows = await scores.presentOf(round.id);
      const digest = digestOf(round, rows);
      if (input.digest != null && input.digest !== digest) throw new Problem('round.digest-differs', { roundId: round.id, digest });
      await requireFlagsCounted(tx, round, rows);
      await scores.freeze(round.id);
      const findings = await new FindingStore(tx).counts(round.id);
      await rounds.update(round.id, { state, filedOn: tx.today, filedBy: actor.principal, digest });
      await tx.outbox.append('publication.requested', { kind: 'publication.result', owner: 'civility', key: round.id, divisionCode: round.villageCode });
      await tx.audit.record('results.filed', round.id, { villageCode: round.villageCode, year: round.year, households: rows.length, digest, ...findings });
      return { roundId: round.id, state, filedOn: tx.today, digest, households: rows.length, ...findings };
    });
  }
}

async function requireFlagsCounted(tx: Tx, round: RoundRow, rows: readonly PresentScore[]): Promise<void> {
  const { list } = await new ItemListStore(tx).get(round.listVersionId);
  const vetoes = new Set(list.items.filter(({ polarity }) => polarity === 'veto').map(({ code }) => code));
  const flagged = new Set((await new PrecheckStore(tx).flagged(round.id)).filter(({ category }) => vetoes.has(category)).map(({ householdId }) => householdId));
  const uncounted = rows.filter(({ householdId, vetoed }) => flagged.has(householdId) && !vetoed).map(({ householdId }) => householdId);
  if (uncounted.length === 0) return;
  throw new Problem('round.flag-not-counted', { householdIds: uncounted }, uncounted.map((id) => ({ path: 'roundId', message: `${id} 户有初核标记而没有一票否决` })));
}
