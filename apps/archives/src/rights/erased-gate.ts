import { Problem } from '@credit/contracts';
import { type Tx, Vault } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import type { VillageData } from '../imports/village-data';
import type { CellFault } from '../imports/workbook';
import { householdMark, personMark } from './erase-subject';
import { ErasedMarkStore } from './erased-mark.store';

const message = '已依法删除，不能重新登记；本人书面同意的，请镇经办人先准予重新登记';

/** 已删除者不得重新登记 — neither an old workbook nor an event brings back who was erased: somebody has to decide first. */
@Injectable()
export class ErasedGate {
  constructor(private readonly vault: Vault) {}

  /** The same for one person who is registered by hand: `member.erased`. */
  async requirePerson(tx: Tx, residentId: string): Promise<void> {
    if ((await new ErasedMarkStore(tx).standing([personMark(this.vault, residentId)])).size > 0) throw new Problem('member.erased');
  }

  async faults(tx: Tx, { households }: VillageData): Promise<CellFault[]> {
    const marked = households.flatMap((household) => [
      { mark: householdMark(this.vault, household.householdNo), fault: { sheet: '农户', row: household.row, column: '户编号', message: `该户${message}` } },
      ...household.members.map((member) => ({ mark: personMark(this.vault, member.residentId), fault: { sheet: '家庭成员', row: member.row, column: '身份证号', message: `该人员${message}` } })),
    ]);
    const standing = await new ErasedMarkStore(tx).standing(marked.map(({ mark }) => mark));
    return marked.flatMap(({ mark, fault }) => (standing.has(mark) ? [fault] : []));
  }
}
