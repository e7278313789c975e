import type { Service } from '@credit/contracts';
import type { PlainDate } from '@credit/policy';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** 告知的状态 — `ended`: its publication was withdrawn before the household was told. */
export type NotificationState = 'open' | 'told' | 'not-deliverable' | 'ended';

/** 告知 — one subject, or the holders of one role in a division, told of one thing. The text kept is the text sent. */
@Entity({ name: 'notification' })
export class NotificationRow {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'text' })
  owner!: Service;

  @Column({ type: 'text' })
  template!: string;

  @Column({ type: 'text' })
  key!: string;

  @Column({ name: 'division_code', type: 'text' })
  divisionCode!: string;

  /** Known for those listed in a publication. */
  @Column({ name: 'group_code', type: 'text', nullable: true })
  groupCode!: string | null;

  @Column({ name: 'publication_id', type: 'uuid', nullable: true })
  publicationId!: string | null;

  @Column({ name: 'subject_id', type: 'uuid', nullable: true })
  subjectId!: string | null;

  @Column({ type: 'text', nullable: true })
  role!: string | null;

  @Column({ type: 'text' })
  text!: string;

  @Column({ type: 'text' })
  state!: NotificationState;

  @Column({ name: 'created_on', type: 'date' })
  createdOn!: PlainDate;

  @Column({ name: 'settled_on', type: 'date', nullable: true })
  settledOn!: PlainDate | null;
}
