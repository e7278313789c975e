import { Problem } from '@credit/contracts';
import { type Actor, newId, type PersonalSeal, type Tx, UnitOfWork, Vault } from '@credit/platform';
import { checkMarks, type Mark } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { TieStore } from '../bodies/tie.store';
import { ItemListStore } from '../lists/item-list.store';
import type { RoundRow } from '../rounds/round.row';
import { RoundStore } from '../rounds/round.store';
import { type PresentScore, ScoreStore } from '../scores/score.store';
import { GroupTableStore } from '../tables/group-table.store';
import { markShape } from '../tables/mark-input';
import { sheetOf } from '../tables/sheets';
import { CorrectionStore } from './correction.store';

const requesting = z.object({
  roundId: z.uuid(),
  householdId: z.uuid(),
  marks: z.array(markShape).max(60),
  reason: z.string().trim().min(10, '请写明错在哪里、依据什么更正').max(1000, '理由请控制在 1000 字以内'),
  scanSha256: z.string().regex(/^[0-9a-f]{64}$/, '扫描件摘要须为 64 位十六进制'),
});

type Requesting = z.output<typeof requesting>;
export type RequestCorrectionInput = z.input<typeof requesting> & { readonly requestId: string };
export type CorrectionReceipt = Readonly<{ correctionId: string; householdId: string; hundredths: number }>;

/**
 * 申请更正 — a filed score that was put down wrongly, with the right marks and the paper that shows it. Only in the
 * household's favour: to lower a score is what an objection is for, where the household is heard first. 三(三)3 [D]
 */
@Injectable()
export class RequestCorrection {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
  ) {}

  execute(actor: Actor, { requestId, ...body }: RequestCorrectionInput): Promise<CorrectionReceipt> {
    return this.work.once({ actor, operation: 'correction.request', requestId, body }, async (tx) => {
      const input = requesting.parse(body);
      const { roundId, householdId } = input;
      const round = await new RoundStore(tx).lock(roundId);
      actor.require('correction.request', round.villageCode);
      if (round.filedOn === null) throw new Problem('correction.not-filed', { state: round.state });
      if ((await new TieStore(tx).hiddenFrom(actor.accountId)).includes(householdId)) throw new Problem('recusal.required', { householdIds: [householdId] });
      const present = await new ScoreStore(tx).present(roundId, householdId);
      if (!present) throw new Problem('not-found', { householdId });

      const id = newId();
      const seal = await this.vault.sealFor(tx, householdId);
      const corrected = await correctedBy(tx, round, input, input.marks, seal);
      requireFavour(present, corrected);
      const reason = seal.seal(input.reason, ['correction', id, 'reason']);
      await new CorrectionStore(tx).insert({ id, roundId, householdId, baseVersion: present.version, ...corrected, reason, scanSha256: input.scanSha256 });
      await tx.audit.record('correction.requested', id, { roundId, householdId, scanSha256: input.scanSha256 });
      return { correctionId: id, householdId, hundredths: corrected.hundredths };
    });
  }
}

async function correctedBy(tx: Tx, round: RoundRow, { householdId }: Requesting, marks: readonly Mark[], seal: PersonalSeal): Promise<{ hundredths: number; vetoed: boolean; sheetId: string }> {
  const { list } = await new ItemListStore(tx).get(round.listVersionId);
  const faults = checkMarks(list, marks, round.referenceDay);
  if (faults.length > 0) throw new Problem('score.not-set', {}, faults.map(({ message }) => ({ path: 'marks', message })));
  const sheet = sheetOf(list, householdId, marks, [], seal);
  await new GroupTableStore(tx).insertSheets(round.id, null, [sheet]);
  return { hundredths: sheet.hundredths, vetoed: sheet.vetoed, sheetId: sheet.id };
}

function requireFavour(present: PresentScore, corrected: { readonly hundredths: number }): void {
  if (corrected.hundredths > present.hundredths) return;
  throw new Problem('correction.lowers', {}, [{ path: 'marks', message: `按所填评议项为 ${corrected.hundredths / 100} 分，现有得分为 ${present.hundredths / 100} 分` }]);
}
