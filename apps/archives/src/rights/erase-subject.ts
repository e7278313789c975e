import { type Tx, Vault } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { FileStore } from '../files/file.store';
import { type Member, SubjectStore } from '../subjects/subject.store';
import { ErasedMarkStore } from './erased-mark.store';
import { ErasedRowsStore } from './erased-rows.store';
import type { ErasureRequest } from './erasure.store';

/** 删除标记 of a person and of a household number: recognises them again, and tells nothing to whoever lacks the key. */
export const personMark = (vault: Vault, residentId: string): string => vault.hash(residentId, 'erased-person');
export const householdMark = (vault: Vault, householdNo: string): string => vault.hash(householdNo, 'erased-household');

/**
 * 依法删除 — one person, or a household with all its people: keys, hashes and search tokens go, marks against coming back
 * stay, and every other service is told to do the same. 个人信息保护法 47
 */
@Injectable()
export class EraseSubject {
  constructor(private readonly vault: Vault) {}

  /** How many subjects lost their key. */
  async inside(tx: Tx, { erasureId, householdId, memberId }: ErasureRequest, excludedAs: string): Promise<number> {
    const rows = new ErasedRowsStore(tx);
    const members = (await rows.everMembers(householdId)).filter((member) => memberId === null || member.memberId === memberId);
    const memberIds = members.map((member) => member.memberId);
    const household = await new SubjectStore(tx).byId(householdId);
    const marks = await this.personMarks(tx, members);
    const numbers = memberId === null ? [household.subjectNo, ...(await rows.formerNumbers(householdId))] : [];
    await new ErasedMarkStore(tx).leave(erasureId, [...marks, ...numbers.map((number) => householdMark(this.vault, number))]);

    await rows.emptyMembers(memberIds);
    await rows.dropSearch(householdId, memberId !== null);
    const subjectIds = memberId === null ? [householdId, ...memberIds] : memberIds;
    if (memberId === null) {
      await rows.emptyHousehold(householdId, excludedAs);
      for (const { fileId, subjectKind, villageCode, version } of await new FileStore(tx).bySubjects([householdId])) {
        await tx.outbox.append('file.changed', { fileId, subjectKind, subjectId: householdId, divisionCode: villageCode, version });
      }
    }
    await this.vault.erase(tx, subjectIds);
    await tx.outbox.append('subject.erased', { erasureId, householdId, subjectIds, erasedOn: tx.today });
    return subjectIds.length;
  }

  /** One who was erased before has left a mark already. */
  private async personMarks(tx: Tx, members: readonly Pick<Member, 'memberId' | 'residentId'>[]): Promise<string[]> {
    const seals = await this.vault.existing(tx, members.map(({ memberId }) => memberId));
    return members.flatMap(({ memberId, residentId }) => {
      const seal = seals.get(memberId);
      return seal ? [personMark(this.vault, seal.open(residentId, ['member', memberId, 'resident_id']))] : [];
    });
  }
}
