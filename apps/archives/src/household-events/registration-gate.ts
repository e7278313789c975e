import { type Tx, Vault } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import type { VillageData } from '../imports/village-data';
import type { CellFault } from '../imports/workbook';
import { MergerStore } from './merger.store';
import { RegistrationGateStore } from './registration-gate.store';

const numberMessages = { closed: '该户已销户，请从采集表中删去；如系误办，请在家庭变动中更正', former: '这是该户迁移前的户编号，请改用现在的户编号' } as const;

/** 旧采集表不得恢复已注销的登记 — a closed household, a number from before a move, a village that another continues and a person taken off the register come back by an event, not by a workbook. */
@Injectable()
export class RegistrationGate {
  constructor(private readonly vault: Vault) {}

  async faults(tx: Tx, { households }: VillageData): Promise<CellFault[]> {
    const gate = new RegistrationGateStore(tx);
    const succeeded = await new MergerStore(tx).succeeded([...new Set(households.flatMap(({ groupCode }) => [groupCode, groupCode.slice(0, 12)]))]);
    const ended = await gate.ended(households.map(({ householdNo }) => householdNo));
    const people = households.flatMap(({ members }) => members.map(({ row, residentId }) => ({ row, hash: this.vault.hash(residentId, 'resident-id') })));
    const left = await gate.left(people.map(({ hash }) => hash));
    return [
      ...households
        .filter(({ groupCode }) => succeeded.has(groupCode) || succeeded.has(groupCode.slice(0, 12)))
        .map(({ row }) => ({ sheet: '农户', row, column: '组代码', message: '该村或该组已经并入他处，请使用承继它的村的采集表和组代码' })),
      ...households.flatMap(({ row, householdNo }): CellFault[] => {
        const how = ended.get(householdNo);
        return how ? [{ sheet: '农户', row, column: '户编号', message: numberMessages[how] }] : [];
      }),
      ...people.filter(({ hash }) => left.has(hash)).map(({ row }) => ({ sheet: '家庭成员', row, column: '身份证号', message: '该人员已登记死亡或注销，请核对；确需重新登记的，请在家庭变动中办理入户' })),
    ];
  }
}
