import { type Tx, Vault } from '@credit/platform';
import { maskName } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { type CreditFile, FileStore } from '../files/file.store';
import { type Member, type Subject, SubjectStore } from './subject.store';
import type { CreditFileType, FiledHousehold } from './subject.types';

export function fileType(file: CreditFile): CreditFileType {
  return { ...file, id: file.fileId };
}

/** 名称的打开 — names are sealed per person; lists show them masked. */
@Injectable()
export class HouseholdView {
  constructor(private readonly vault: Vault) {}

  /** The full name of each member; an erased person has none. */
  async names(tx: Tx, members: readonly Pick<Member, 'memberId' | 'name'>[]): Promise<Map<string, string>> {
    const seals = await this.vault.existing(tx, members.map((member) => member.memberId));
    return new Map(members.map((member) => [member.memberId, seals.get(member.memberId)?.open(member.name, ['member', member.memberId, 'name']) ?? '']));
  }

  /** Households with members masked and the state of their files; three statements however many. */
  async of(tx: Tx, households: readonly Subject[]): Promise<FiledHousehold[]> {
    const ids = households.map((household) => household.subjectId);
    const members = await new SubjectStore(tx).membersOf(ids);
    const names = await this.names(tx, members);
    const files = new Map((await new FileStore(tx).bySubjects(ids)).map((file) => [file.subjectId, file]));
    return households.map((household) => {
      const own = members.filter((member) => member.householdId === household.subjectId);
      const head = own.find((member) => member.head);
      const file = files.get(household.subjectId);
      return {
        id: household.subjectId,
        householdNo: household.subjectNo,
        villageCode: household.villageCode,
        groupCode: household.groupCode,
        headMasked: head ? maskName(names.get(head.memberId) ?? '') : null,
        members: own.map((member) => ({ id: member.memberId, maskedName: maskName(names.get(member.memberId) ?? ''), relation: member.relation, adult: member.adultFrom <= tx.today })),
        file: file ? fileType(file) : null,
      };
    });
  }
}
