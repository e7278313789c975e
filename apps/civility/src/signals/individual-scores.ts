import { type Tx, Vault } from '@credit/platform';
import { civilityScore, type SignalGroup } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { IndividualSheetStore } from '../individual-marks/individual-sheet.store';
import { ItemListStore } from '../lists/item-list.store';
import type { RoundRow } from '../rounds/round.row';

/**
 * 个人评分 — what each member’s own sheet would come to, beside the agreed one, for the households they decided on. A sheet with a veto is
 * left out: its document decided. Read for signals only, which show means and never a single mark. 三(三) [D]
 */
@Injectable()
export class IndividualScores {
  constructor(private readonly vault: Vault) {}

  async beside(tx: Tx, round: RoundRow, groups: readonly SignalGroup[]): Promise<SignalGroup[]> {
    const { list } = await new ItemListStore(tx).get(round.listVersionId);
    const householdIds = groups.flatMap(({ sheets }) => sheets.map(({ householdId }) => householdId));
    const given = await new IndividualSheetStore(tx).of(round.id, householdIds, await this.vault.existing(tx, householdIds));
    return groups.map((group) => ({
      ...group,
      sheets: group.sheets.map((sheet) => {
        const deciding = new Set(group.present.flatMap(({ memberId }) => (sheet.withdrawn.includes(memberId) ? [] : [memberId])));
        const scores = (given.get(sheet.householdId) ?? []).filter(({ memberId }) => deciding.has(memberId)).map(({ memberId, marks }) => ({ memberId, ...civilityScore(list, marks) }));
        return { ...sheet, marks: scores.flatMap(({ memberId, hundredths, vetoed }) => (vetoed ? [] : [{ memberId, hundredths }])) };
      }),
    }));
  }
}
