import { Problem } from '@credit/contracts';
import { type Actor, type PersonalSeal, type Tx, UnitOfWork, Vault } from '@credit/platform';
import { checkMarks, type Mark } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { ItemListStore } from '../lists/item-list.store';
import { withOfficialDocuments } from '../precheck/official-documents';
import { PrecheckStore } from '../precheck/precheck.store';
import { type PresentScore, ScoreStore } from '../scores/score.store';
import { GroupTableStore } from '../tables/group-table.store';
import { markShape } from '../tables/mark-input';
import { sheetOf } from '../tables/sheets';
import { DeliberationDesk, type Seats } from './deliberation-desk';
import { SittingStore } from './sitting.store';

const setting = z
  .object({
    roundId: z.uuid(),
    householdId: z.uuid(),
    withdrawnMemberIds: z.array(z.uuid()).max(60).default([]),
    marks: z.array(markShape).max(60).nullish(),
    /** Hundredths, under the name the graph gives it. */
    adjustedScore: z.int().min(0, '得分须在 0 至 100 分之间').max(10_000, '得分须在 0 至 100 分之间').nullish(),
    reason: z.string().trim().min(4, '改动得分须写明理由').max(1000, '理由请控制在 1000 字以内'),
  })
  .refine(({ marks, adjustedScore }) => (marks == null) !== (adjustedScore == null), { path: ['marks'], message: '请填写重新核定的评议项，或填写调整后的得分，二者取一' });

type Setting = z.output<typeof setting>;
type Decided = Readonly<{ hundredths: number; vetoed: boolean; sheetId: string | null }>;
export type SetScoreInput = z.input<typeof setting> & { readonly requestId: string };
export type ScoreReceipt = Readonly<{ householdId: string; version: number; firstHundredths: number; hundredths: number }>;

/** 审议定分 — the group sets another score than the first one, with a reason; the first stays beside it, unchanged. 三(三)3 */
@Injectable()
export class SetScore {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
    private readonly desk: DeliberationDesk,
  ) {}

  execute(actor: Actor, { requestId, ...body }: SetScoreInput): Promise<ScoreReceipt> {
    return this.work.once({ actor, operation: 'score.set', requestId, body }, async (tx) => {
      const input = setting.parse(body);
      const { householdId, roundId } = input;
      const seats = await this.desk.seatsOf(tx, actor, roundId);
      await this.desk.examine(tx, actor, seats, [{ householdId, withdrawn: input.withdrawnMemberIds }]);
      const scores = new ScoreStore(tx);
      const present = await scores.present(roundId, householdId);
      if (!present) throw new Problem('not-found', { householdId });

      const seal = await this.vault.sealFor(tx, householdId);
      const decided = input.marks ? await this.byMarks(tx, seats, input, input.marks, seal) : adjusted(present, input.adjustedScore ?? 0);
      if (decided.hundredths === present.hundredths && decided.vetoed === present.vetoed) throw notSet('adjustedScore', '所定得分与现有得分相同；维持原得分的，请勾选审议后统一确认');
      const reason = seal.seal(input.reason, ['score', `${roundId}/${householdId}/${present.version + 1}`, 'reason']);
      const version = (await scores.add({ roundId, householdId, ...decided, cause: 'deliberation', objectionId: null, correctionId: null, reason })) ?? present.version;
      await new SittingStore(tx).settle(roundId, householdId);
      await tx.audit.record('score.set', householdId, { roundId, version, sittingId: seats.sitting.id });
      return { householdId, version, firstHundredths: present.firstHundredths, hundredths: decided.hundredths };
    });
  }

  private async byMarks(tx: Tx, { round, sitting }: Seats, input: Setting, given: readonly Mark[], seal: PersonalSeal): Promise<Decided> {
    const { list } = await new ItemListStore(tx).get(round.listVersionId);
    const flags = await new PrecheckStore(tx).flagged(round.id);
    const marks = withOfficialDocuments(input.householdId, given, flags, new Map([[input.householdId, seal]]));
    const faults = checkMarks(list, marks, round.referenceDay);
    if (faults.length > 0) throw new Problem('score.not-set', { sittingId: sitting.id }, faults.map(({ message }) => ({ path: 'marks', message })));
    const sheet = sheetOf(list, input.householdId, marks, input.withdrawnMemberIds, seal);
    await new GroupTableStore(tx).insertSheets(round.id, null, [sheet]);
    return { hundredths: sheet.hundredths, vetoed: sheet.vetoed, sheetId: sheet.id };
  }
}

/** A veto makes the score zero, whatever else; it is lifted only by marks without it. */
function adjusted(present: PresentScore, hundredths: number): Decided {
  if (present.vetoed) throw notSet('adjustedScore', '这一户有一票否决，得分为零；确属有误的，请重新核定评议项');
  return { hundredths, vetoed: false, sheetId: null };
}

function notSet(path: string, message: string): Problem {
  return new Problem('score.not-set', {}, [{ path, message }]);
}
