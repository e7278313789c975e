import { newId, type PersonalSeal, type Tx, Vault } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { type ConsentGiven, ConsentStore } from '../consents/consent.store';
import { DivisionStore } from '../divisions/division.store';
import { FileStore } from '../files/file.store';
import { itemPlace, ItemStore, type ItemValue } from '../subjects/item.store';
import { SubjectStore } from '../subjects/subject.store';
import { batchesOf, type Given } from './given';
import type { ReadMember, VillageData } from './village-data';
import type { CellFault } from './workbook';

export interface LoadCounts {
  readonly households: number;
  readonly members: number;
  readonly entities: number;
  readonly collectives: number;
  /** Values that are new or differ from what was there. */
  readonly values: number;
}

/** 预览 — what loading would do, and does not yet. */
export interface Preview {
  readonly newSubjects: number;
  readonly knownSubjects: number;
  readonly newMembers: number;
  readonly newValues: number;
  readonly changedValues: number;
  readonly sameValues: number;
}

/** Told after each batch: the share of the subjects that is worked through. */
export type Progress = (share: number) => Promise<void>;

interface Owner extends Given {
  readonly subjectId: string;
  readonly isNew: boolean;
}

const source = '入户采集';

/**
 * 采集数据入库 — all of a village's workbook in the transaction it is given, or nothing. What is there already and the same
 * is left alone, so that the same workbook twice changes nothing; a changed value is a further version to be verified again.
 */
@Injectable()
export class LoadVillage {
  constructor(private readonly vault: Vault) {}

  /** Persons of the workbook who are registered in another household today. */
  async elsewhere(tx: Tx, villageCode: string, data: VillageData): Promise<CellFault[]> {
    const faults: CellFault[] = [];
    for (const batch of batchesOf(villageCode, data)) {
      const owners = await this.owners(tx, batch);
      const hashes = owners.flatMap((owner) => owner.members.map((member) => ({ member, subjectId: owner.subjectId, hash: this.residentHash(member) })));
      const homes = await new SubjectStore(tx).homesOf(hashes.map(({ hash }) => hash));
      for (const { member, subjectId, hash } of hashes) {
        const home = homes.get(hash);
        if (home && home.householdId !== subjectId) faults.push({ sheet: '家庭成员', row: member.row, column: '身份证号', message: '该人员已登记在另一户，请先办理迁出' });
      }
    }
    return faults;
  }

  /** 预览 — what loading would add and change, value by value; nothing is written. */
  async preview(tx: Tx, villageCode: string, data: VillageData, progress: Progress): Promise<Preview> {
    const counts = { newSubjects: 0, knownSubjects: 0, newMembers: 0, newValues: 0, changedValues: 0, sameValues: 0 };
    const items = new ItemStore(tx);
    await this.throughAll(villageCode, data, progress, async (batch) => {
      const owners = await this.owners(tx, batch);
      const known = owners.filter((owner) => !owner.isNew);
      counts.knownSubjects += known.length;
      counts.newSubjects += owners.length - known.length;
      const members = owners.flatMap((owner) => owner.members.map((member) => this.residentHash(member)));
      const homes = await new SubjectStore(tx).homesOf(members);
      counts.newMembers += members.filter((hash) => !homes.has(hash)).length;
      const current = await items.currentVersions(known.map(({ subjectId }) => subjectId));
      for (const { subjectId, items: given } of owners) {
        for (const [item, text] of Object.entries(given)) {
          const before = current.get(`${subjectId} ${item}`)?.valueHash;
          if (before === undefined) counts.newValues += 1;
          else if (before === this.valueHash(subjectId, item, text)) counts.sameValues += 1;
          else counts.changedValues += 1;
        }
      }
    });
    return counts;
  }

  async inside(tx: Tx, villageCode: string, data: VillageData, collectorId: string, progress: Progress): Promise<LoadCounts> {
    await new DivisionStore(tx).upsertAll(data.groups.map((group) => ({ ...group, level: 'group' as const, community: false, parentCode: villageCode })));
    const counts = { members: 0, values: 0 };
    await this.throughAll(villageCode, data, progress, async (batch) => {
      const owners = await this.owners(tx, batch);
      const seals = await this.vault.sealsFor(tx, owners.map(({ subjectId }) => subjectId));
      await this.loadSubjects(tx, villageCode, owners, seals);
      counts.members += await this.loadMembers(tx, owners);
      const changed = await this.loadItems(tx, owners, seals, collectorId);
      counts.values += [...changed.values()].reduce((sum, count) => sum + count, 0);
      const collected = owners.filter(({ isNew, subjectId }) => isNew || changed.has(subjectId));
      await new FileStore(tx).collected(collected.map(({ subjectId }) => ({ fileId: newId(), subjectId })), collectorId);
    });
    return { households: data.households.length, entities: data.entities.length, collectives: data.collectives.length, ...counts };
  }

  private async throughAll(villageCode: string, data: VillageData, progress: Progress, work: (batch: readonly Given[]) => Promise<void>): Promise<void> {
    const all = data.households.length + data.entities.length + data.collectives.length;
    let done = 0;
    for (const batch of batchesOf(villageCode, data)) {
      await work(batch);
      done += batch.length;
      await progress(done / all);
    }
  }

  private residentHash(member: ReadMember): string {
    return this.vault.hash(member.residentId, 'resident-id');
  }

  private valueHash(subjectId: string, item: string, text: string): string {
    return this.vault.hash(text, `item ${subjectId} ${item}`);
  }

  private async owners(tx: Tx, batch: readonly Given[]): Promise<Owner[]> {
    const known = await new SubjectStore(tx).byNumbers(batch.map(({ no }) => no));
    return batch.map((given) => ({ ...given, subjectId: known.get(given.no)?.subjectId ?? newId(), isNew: !known.has(given.no) }));
  }

  private async loadSubjects(tx: Tx, villageCode: string, owners: readonly Owner[], seals: ReadonlyMap<string, PersonalSeal>): Promise<void> {
    await new SubjectStore(tx).insertAll(
      owners
        .filter((owner) => owner.isNew)
        .map(({ subjectId, kind, no, groupCode, registeredName, address }) => ({
          subjectId,
          kind,
          subjectNo: no,
          villageCode,
          groupCode,
          registeredName,
          address: address === null ? null : seals.get(subjectId)!.seal(address, ['subject', subjectId, 'address']),
        })),
    );
  }

  private async loadMembers(tx: Tx, owners: readonly Owner[]): Promise<number> {
    const subjects = new SubjectStore(tx);
    const read = owners.flatMap(({ subjectId, members }) => members.map((member) => ({ member, householdId: subjectId, hash: this.residentHash(member) })));
    const homes = await subjects.homesOf(read.map(({ hash }) => hash));
    const fresh = read.filter(({ hash }) => !homes.has(hash)).map((one) => ({ ...one, memberId: newId() }));
    const seals = await this.vault.sealsFor(tx, fresh.map(({ memberId }) => memberId));
    await subjects.insertMembers(
      fresh.map(({ member, memberId, householdId, hash }) => {
        const seal = seals.get(memberId)!;
        return {
          memberId,
          householdId,
          name: seal.seal(member.name, ['member', memberId, 'name']),
          residentId: seal.seal(member.residentId, ['member', memberId, 'resident_id']),
          residentHash: hash,
          tailHash: this.vault.hash(`${householdId}${member.residentId.slice(-4)}`, 'resident-tail'),
          phone: member.phone === null ? null : seal.seal(member.phone, ['member', memberId, 'phone']),
          relation: member.relation,
          head: member.head,
          adultFrom: member.adultFrom,
        };
      }),
    );
    const idOf = new Map([...[...homes].map(([hash, { memberId }]) => [hash, memberId] as const), ...fresh.map(({ hash, memberId }) => [hash, memberId] as const)]);
    const consents = read.flatMap(({ member, householdId, hash }): ConsentGiven[] => {
      const given = [member.economics && 'economics', member.credit && 'credit', member.publishName && 'publish-name'] as const;
      return given.flatMap((kind) => (kind ? [{ consentId: newId(), householdId, memberId: idOf.get(hash) ?? '', kind }] : []));
    });
    await new ConsentStore(tx).giveAll(consents);
    return read.length;
  }

  /** How many values of each subject are new or differ. */
  private async loadItems(tx: Tx, owners: readonly Owner[], seals: ReadonlyMap<string, PersonalSeal>, collectorId: string): Promise<Map<string, number>> {
    const items = new ItemStore(tx);
    const current = await items.currentVersions(owners.filter(({ isNew }) => !isNew).map(({ subjectId }) => subjectId));
    const changed = new Map<string, number>();
    const values: ItemValue[] = [];
    for (const { subjectId, items: given } of owners) {
      const seal = seals.get(subjectId)!;
      for (const [item, text] of Object.entries(given)) {
        const before = current.get(`${subjectId} ${item}`);
        const valueHash = this.valueHash(subjectId, item, text);
        if (before?.valueHash === valueHash) continue;
        const value = seal.seal(text, itemPlace(subjectId, item));
        values.push({ subjectId, item, version: (before?.version ?? 0) + 1, value, valueHash, source, collectedBy: collectorId, collectedOn: tx.today, evidenceSha256: null, period: null });
        changed.set(subjectId, (changed.get(subjectId) ?? 0) + 1);
      }
    }
    await items.insertAll(values);
    return changed;
  }
}
