import type { SubjectKind } from '@credit/contracts';
import { newId, type PersonalSeal, type Tx, Vault } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { type ConsentGiven, ConsentStore } from '../consents/consent.store';
import { DivisionStore } from '../divisions/division.store';
import { FileStore } from '../files/file.store';
import { itemPlace, ItemStore, type ItemValue } from '../subjects/item.store';
import { SubjectStore } from '../subjects/subject.store';
import type { ReadHousehold, ReadMember, VillageData } from './village-data';
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

interface Owner {
  readonly subjectId: string;
  readonly kind: SubjectKind;
  readonly no: string;
  readonly groupCode: string;
  readonly registeredName: string | null;
  readonly address: string | null;
  readonly items: Readonly<Record<string, string>>;
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
  async elsewhere(tx: Tx, data: VillageData): Promise<CellFault[]> {
    const known = await new SubjectStore(tx).membersByHash(data.households.flatMap((household) => household.members.map((member) => this.residentHash(member))));
    const households = await new SubjectStore(tx).byNumbers(data.households.map((household) => household.householdNo));
    return data.households.flatMap((household) =>
      household.members.flatMap((member) => {
        const there = known.get(this.residentHash(member));
        if (!there || there.householdId === households.get(household.householdNo)?.subjectId) return [];
        return [{ sheet: '家庭成员', row: member.row, column: '身份证号', message: '该人员已登记在另一户，请先办理迁出' }];
      }),
    );
  }

  /** 预览 — what loading would add and change, value by value; nothing is written. */
  async preview(tx: Tx, villageCode: string, data: VillageData): Promise<Preview> {
    const owners = await this.owners(tx, villageCode, data);
    const known = owners.filter((owner) => !owner.isNew);
    const current = new Map((await new ItemStore(tx).currentOf(known.map((owner) => owner.subjectId))).map((value) => [`${value.subjectId} ${value.item}`, value.valueHash]));
    const members = data.households.flatMap((household) => household.members.map((member) => this.residentHash(member)));
    const registered = await new SubjectStore(tx).membersByHash(members);
    const values = { newValues: 0, changedValues: 0, sameValues: 0 };
    for (const owner of owners) {
      for (const [item, text] of Object.entries(owner.items)) {
        const before = current.get(`${owner.subjectId} ${item}`);
        if (before === undefined) values.newValues += 1;
        else if (before === this.valueHash(owner.subjectId, item, text)) values.sameValues += 1;
        else values.changedValues += 1;
      }
    }
    return { newSubjects: owners.length - known.length, knownSubjects: known.length, newMembers: members.filter((hash) => !registered.has(hash)).length, ...values };
  }

  private valueHash(subjectId: string, item: string, text: string): string {
    return this.vault.hash(text, `item ${subjectId} ${item}`);
  }

  async inside(tx: Tx, villageCode: string, data: VillageData, collectorId: string): Promise<LoadCounts> {
    await new DivisionStore(tx).upsertAll(data.groups.map((group) => ({ ...group, level: 'group' as const, community: false, parentCode: villageCode })));
    const owners = await this.owners(tx, villageCode, data);
    const seals = await this.vault.sealsFor(tx, owners.map((owner) => owner.subjectId));
    await new SubjectStore(tx).insertAll(
      owners
        .filter((owner) => owner.isNew)
        .map((owner) => ({
          subjectId: owner.subjectId,
          kind: owner.kind,
          subjectNo: owner.no,
          villageCode,
          groupCode: owner.groupCode,
          registeredName: owner.registeredName,
          address: owner.address === null ? null : seals.get(owner.subjectId)!.seal(owner.address, ['subject', owner.subjectId, 'address']),
        })),
    );
    const byNumber = new Map(owners.map((owner) => [owner.no, owner]));
    const members = await this.loadMembers(tx, data.households, byNumber);
    const changed = await this.loadItems(tx, owners, seals, collectorId);
    const collected = owners.filter((owner) => owner.isNew || changed.has(owner.subjectId));
    await new FileStore(tx).collected(collected.map((owner) => ({ fileId: newId(), subjectId: owner.subjectId })), collectorId);
    return {
      households: data.households.length,
      members,
      entities: data.entities.length,
      collectives: data.collectives.length,
      values: [...changed.values()].reduce((sum, count) => sum + count, 0),
    };
  }

  private residentHash(member: ReadMember): string {
    return this.vault.hash(member.residentId, 'resident-id');
  }

  private async owners(tx: Tx, villageCode: string, data: VillageData): Promise<Owner[]> {
    const organisations = [
      ...data.entities.map((one) => ({ ...one, kind: 'entity' as const })),
      ...data.collectives.map((one) => ({ ...one, kind: 'collective' as const })),
    ];
    const known = await new SubjectStore(tx).byNumbers([...data.households.map((one) => one.householdNo), ...organisations.map((one) => one.creditCode)]);
    const owner = (no: string, rest: Omit<Owner, 'subjectId' | 'no' | 'isNew'>): Owner => ({ ...rest, no, subjectId: known.get(no)?.subjectId ?? newId(), isNew: !known.has(no) });
    return [
      ...data.households.map((one) => owner(one.householdNo, { kind: 'household', groupCode: one.groupCode, registeredName: null, address: one.address, items: one.items })),
      ...organisations.map((one) => owner(one.creditCode, { kind: one.kind, groupCode: villageCode, registeredName: one.name, address: null, items: one.items })),
    ];
  }

  private async loadMembers(tx: Tx, households: readonly ReadHousehold[], owners: ReadonlyMap<string, Owner>): Promise<number> {
    const subjects = new SubjectStore(tx);
    const read = households.flatMap((household) => household.members.map((member) => ({ member, householdId: owners.get(household.householdNo)!.subjectId, hash: this.residentHash(member) })));
    const known = await subjects.membersByHash(read.map((one) => one.hash));
    const fresh = read.filter((one) => !known.has(one.hash)).map((one) => ({ ...one, memberId: newId() }));
    const seals = await this.vault.sealsFor(tx, fresh.map((one) => one.memberId));
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
    const ids = new Map([...[...known].map(([hash, member]) => [hash, member.memberId] as const), ...fresh.map((one) => [one.hash, one.memberId] as const)]);
    const consents = read.flatMap(({ member, householdId, hash }): ConsentGiven[] => {
      const memberId = ids.get(hash) ?? '';
      const given = [member.economics && 'economics', member.credit && 'credit', member.publishName && 'publish-name'] as const;
      return given.flatMap((kind) => (kind ? [{ consentId: newId(), householdId, memberId, kind }] : []));
    });
    await new ConsentStore(tx).giveAll(consents);
    return read.length;
  }

  /** How many values of each subject are new or differ. */
  private async loadItems(tx: Tx, owners: readonly Owner[], seals: ReadonlyMap<string, PersonalSeal>, collectorId: string): Promise<Map<string, number>> {
    const items = new ItemStore(tx);
    const current = new Map((await items.currentOf(owners.map((owner) => owner.subjectId))).map((value) => [`${value.subjectId} ${value.item}`, value]));
    const changed = new Map<string, number>();
    const values: ItemValue[] = [];
    for (const owner of owners) {
      const seal = seals.get(owner.subjectId)!;
      for (const [item, text] of Object.entries(owner.items)) {
        const before = current.get(`${owner.subjectId} ${item}`);
        const valueHash = this.valueHash(owner.subjectId, item, text);
        if (before?.valueHash === valueHash) continue;
        values.push({
          subjectId: owner.subjectId,
          item,
          version: (before?.version ?? 0) + 1,
          value: seal.seal(text, itemPlace(owner.subjectId, item)),
          valueHash,
          source,
          collectedBy: collectorId,
          collectedOn: tx.today,
          evidenceSha256: null,
          period: null,
        });
        changed.set(owner.subjectId, (changed.get(owner.subjectId) ?? 0) + 1);
      }
    }
    await items.insertAll(values);
    return changed;
  }
}
