import { Problem } from '@credit/contracts';
import { type Tx, Vault } from '@credit/platform';
import { addDays, addMonths, NaturalDayWindow } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { RatingStore } from '../ratings/rating.store';
import { AdverseFactStore } from './adverse-fact.store';
import { repairRulesOn } from './repair-rules';
import { type Repair, RepairStore } from './repair.store';

/** 修复的办理 — what several steps have in common: publishing, refusing and granting, each told to the household. 三(八)3 */
@Injectable()
export class RepairDesk {
  constructor(private readonly vault: Vault) {}

  /** The fact's end is on record from here on: it leaves the score after the longest years whatever is decided. 征信业管理条例 16 */
  async publish(tx: Tx, { repairId, villageCode, subjectId, item, valueHash, endedOn }: Repair): Promise<void> {
    const countsUntil = addMonths(endedOn, 12 * repairRulesOn(tx.today).repair.longestYears);
    await new AdverseFactStore(tx).record({ subjectId, item, valueHash, endedOn, countsUntil });
    await new RepairStore(tx).publicationAsked(repairId);
    await tx.outbox.append('publication.requested', { kind: 'publication.repair', owner: 'rating', key: repairId, divisionCode: villageCode });
  }

  /** Refused with reasons and the days in which a review may be asked for. */
  async refuse(tx: Tx, repair: Repair, reasons: string): Promise<void> {
    const { lastDay } = NaturalDayWindow.of(repairRulesOn(tx.today).repair.reviewDays, tx.today);
    await new RepairStore(tx).refuse(repair.repairId, await this.seal(tx, repair, reasons, 'reasons'), lastDay);
    await this.tell(tx, repair);
  }

  /** The fact counts no longer from today; the rating itself changes only by a regrade, of which the worklist reminds. */
  async grant(tx: Tx, repair: Repair, reasons: string): Promise<void> {
    const { facts, levels } = repairRulesOn(tx.today).repair;
    const level = levels[facts[repair.fact]?.level ?? ''];
    if (!level) throw new Problem('repair.no-such-fact', { fact: repair.fact });
    await new AdverseFactStore(tx).countUntil(repair, addDays(tx.today, -1));
    await new RepairStore(tx).grant(repair.repairId, await this.seal(tx, repair, reasons, 'reasons'), addMonths(tx.today, level.observationMonths));
    await new RatingStore(tx).noteRecheck(repair.repairId, repair.subjectId, 'repair', repair.repairId);
    await this.tell(tx, repair);
  }

  async seal(tx: Tx, { repairId, subjectId }: Repair, text: string, column: string): Promise<Buffer> {
    return (await this.vault.sealFor(tx, subjectId)).seal(text, ['repair', repairId, column]);
  }

  private async tell(tx: Tx, { repairId, villageCode, subjectId }: Repair): Promise<void> {
    await tx.outbox.append('notification.requested', { owner: 'rating', template: 'repair-decided', key: repairId, divisionCode: villageCode, subjectId, role: null, publicationId: null });
  }
}
