import type { InputFault } from '@credit/contracts';
import { type Tx, Vault } from '@credit/platform';
import type { PlainDate } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { ExclusionStore } from '../coverage/exclusion.store';
import { FileStore } from '../files/file.store';
import type { Subject } from '../subjects/subject.store';
import { ControlStore } from './control.store';
import { type Belonging, faultsOf, type HouseholdChange, standingAfter } from './household-change';
import { type EventKind, householdRules } from './household-rules';
import { MembershipStore } from './membership.store';
import { MergerStore } from './merger.store';

/** A change as it takes effect, with the households that it concerns locked. */
export interface Effect {
  readonly kind: EventKind;
  readonly effectiveOn: PlainDate;
  readonly change: HouseholdChange;
  readonly address: Buffer | null;
  readonly households: readonly Subject[];
}

/** 变动生效 — members, households and files change together, and what follows for score and grade follows by rule. 三(六)1 */
@Injectable()
export class ApplyChange {
  constructor(private readonly vault: Vault) {}

  /** What stands against it as things are now. */
  async faults(tx: Tx, { change, households, effectiveOn }: Effect): Promise<InputFault[]> {
    const ids = households.map(({ subjectId }) => subjectId);
    const { rehomed } = change;
    if (rehomed && (await new MergerStore(tx).succeeded([rehomed.groupCode, rehomed.groupCode.slice(0, 12)])).size > 0) return [{ path: 'toGroupCode', message: '这个村或组已由他村、他组承继，请改填承继它的组代码' }];
    return faultsOf(change, ids, await new MembershipStore(tx).lockMembers(ids), effectiveOn, householdRules(tx.today).head);
  }

  /** Without faults only. */
  async inside(tx: Tx, effect: Effect): Promise<void> {
    const { change, households, effectiveOn } = effect;
    const memberships = new MembershipStore(tx);
    const rules = householdRules(tx.today);
    const ids = households.map(({ subjectId }) => subjectId);
    const members = await memberships.lockMembers(ids);
    if (change.leaves.length > 0) await memberships.leave(change.leaves, effectiveOn);
    if (change.joins.length > 0) await this.join(tx, change, members, effectiveOn, rules.head);
    if (change.roles.length > 0) await memberships.setRoles(change.roles, rules.head);
    if (rules.consentsEndOnLeaving) await memberships.endConsents([...change.leaves, ...change.joins.map(({ memberId }) => memberId)]);
    await this.rehome(tx, effect);
    const standings = standingAfter(change, ids, members, rules.head);
    const emptied = ids.filter((id) => change.leaves.length + change.joins.length > 0 && standings.get(id)?.people === 0);
    await this.close(tx, emptied, effectiveOn);
    await this.filesFollow(tx, effect, emptied);
    await memberships.indexAgain(ids);
  }

  /** What is bound to the household by its key or hash is bound to the new one; the person's own values stay as they are sealed. */
  private async join(tx: Tx, { joins }: HouseholdChange, members: readonly (Belonging & { residentId: Buffer })[], on: PlainDate, head: string): Promise<void> {
    const seals = await this.vault.existing(tx, joins.map(({ memberId }) => memberId));
    const residentIds = new Map(members.map((member) => [member.memberId, member.residentId]));
    const joining = joins.map((join) => {
      const sealed = residentIds.get(join.memberId);
      const residentId = sealed && seals.get(join.memberId)?.open(sealed, ['member', join.memberId, 'resident_id']);
      if (!residentId) throw new Error(`no resident id of a present member ${join.memberId}`);
      return { ...join, head: join.relation === head, tailHash: this.vault.hash(`${join.householdId}${residentId.slice(-4)}`, 'resident-tail') };
    });
    await new MembershipStore(tx).join(joining, on);
  }

  private async rehome(tx: Tx, { change: { rehomed }, households, address, effectiveOn }: Effect): Promise<void> {
    const household = households.find(({ subjectId }) => subjectId === rehomed?.householdId);
    if (!rehomed || !household) return;
    const memberships = new MembershipStore(tx);
    await memberships.rehome(household, rehomed.groupCode, await memberships.nextNumber(rehomed.groupCode), address, effectiveOn);
  }

  private async close(tx: Tx, householdIds: readonly string[], on: PlainDate): Promise<void> {
    if (householdIds.length === 0) return;
    await new MembershipStore(tx).close(householdIds, on);
    await new ControlStore(tx).endOf(householdIds, on);
    const exclusions = new ExclusionStore(tx);
    for (const householdId of householdIds) {
      if (!(await exclusions.lock(householdId)).excluded) await exclusions.exclude(householdId, householdRules(tx.today).closedAs);
      await tx.audit.record('household.closed', householdId, { closedOn: on });
    }
  }

  /** Rating hears of every file that is another now; that of a closed household stays as it was found. */
  private async filesFollow(tx: Tx, { kind, households }: Effect, closed: readonly string[]): Promise<void> {
    const { file, zh } = householdRules(tx.today).kinds[kind];
    if (file === 'kept') return;
    const ids = households.map(({ subjectId }) => subjectId);
    const recollected = file === 'recollect' ? ids.filter((id) => !closed.includes(id)) : [];
    const memberships = new MembershipStore(tx);
    await memberships.nextFileVersion(recollected, `${zh}后重新采集、校核`);
    await memberships.nextFileVersion(ids.filter((id) => !recollected.includes(id)), null);
    const files = await new FileStore(tx).bySubjects(ids);
    await tx.outbox.appendAll(
      'file.changed',
      files.map(({ fileId, subjectKind, subjectId, villageCode, version }) => ({ fileId, subjectKind, subjectId, divisionCode: villageCode, version })),
    );
  }
}
