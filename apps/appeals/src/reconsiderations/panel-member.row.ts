import { Column, Entity, PrimaryColumn } from 'typeorm';

/** 复议人员 — who was called to one reconsideration, and what part they take. */
@Entity({ name: 'panel_member' })
export class PanelMemberRow {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ name: 'reconsideration_id', type: 'uuid' })
  reconsiderationId!: string;

  /** The member of the deliberation group, as civility knows them. */
  @Column({ name: 'member_id', type: 'uuid', nullable: true })
  memberId!: string | null;

  @Column({ name: 'account_id', type: 'uuid', nullable: true })
  accountId!: string | null;

  @Column({ name: 'household_id', type: 'uuid', nullable: true })
  householdId!: string | null;

  @Column({ type: 'text' })
  capacity!: string;

  @Column({ type: 'text' })
  part!: 'decides' | 'explains' | 'withdrawn';

  /** Why they withdraw: own-household, kin or conflict. */
  @Column({ type: 'text', nullable: true })
  withdrawal!: string | null;

  /** Whether they were there at the decision; null until it is taken. */
  @Column({ type: 'boolean', nullable: true })
  present!: boolean | null;
}
