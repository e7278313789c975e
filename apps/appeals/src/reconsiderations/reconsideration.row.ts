import type { AppealState } from '@credit/policy';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** 复议 — one case per publication and subject; objections that come while it is open join it and share its due day. */
@Entity({ name: 'reconsideration' })
export class ReconsiderationRow {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ name: 'publication_id', type: 'uuid' })
  publicationId!: string;

  @Column({ name: 'publication_kind', type: 'text' })
  publicationKind!: string;

  @Column({ type: 'text' })
  owner!: 'civility' | 'rating';

  @Column({ name: 'owner_key', type: 'text' })
  ownerKey!: string;

  @Column({ name: 'division_code', type: 'text' })
  divisionCode!: string;

  @Column({ name: 'group_code', type: 'text' })
  groupCode!: string;

  @Column({ name: 'subject_id', type: 'uuid' })
  subjectId!: string;

  @Column({ type: 'text' })
  state!: AppealState;

  /** The day of the earliest receipt: the answer is due from it. */
  @Column({ name: 'received_on', type: 'date' })
  receivedOn!: string;

  @Column({ name: 'answer_due_on', type: 'date' })
  answerDueOn!: string;

  @Column({ name: 'reminder_on', type: 'date' })
  reminderOn!: string;

  /** The day after which the supervisors are told: the due day, then each day it rang. */
  @Column({ name: 'alarm_on', type: 'date' })
  alarmOn!: string;

  @Column({ name: 'deadline_version', type: 'integer' })
  deadlineVersion!: number;

  @Column({ name: 'reminded_at', type: 'timestamptz', nullable: true })
  remindedAt!: Date | null;

  @Column({ name: 'escalated_at', type: 'timestamptz', nullable: true })
  escalatedAt!: Date | null;

  @Column({ name: 'meeting_on', type: 'date', nullable: true })
  meetingOn!: string | null;

  @Column({ type: 'text', nullable: true })
  outcome!: 'score-kept' | 'score-changed' | null;

  /** The version of the civility score that was decided on. */
  @Column({ name: 'score_version', type: 'integer', nullable: true })
  scoreVersion!: number | null;

  @Column({ name: 'changed_hundredths', type: 'integer', nullable: true })
  changedHundredths!: number | null;

  @Column({ name: 'veto_lifted', type: 'boolean' })
  vetoLifted!: boolean;

  /** Sealed under the subject's key. */
  @Column({ type: 'bytea', nullable: true })
  reasons!: Buffer | null;

  /** 答复文号 */
  @Column({ name: 'answer_no', type: 'text', nullable: true })
  answerNo!: string | null;

  /** 决定方式 — of a panel; a rating list has none. */
  @Column({ name: 'decided_by', type: 'text', nullable: true })
  decidedBy!: 'consensus' | 'vote' | null;

  /** The score that was decided on. */
  @Column({ name: 'before_hundredths', type: 'integer', nullable: true })
  beforeHundredths!: number | null;

  @Column({ name: 'votes_for', type: 'integer', nullable: true })
  votesFor!: number | null;

  @Column({ name: 'votes_against', type: 'integer', nullable: true })
  votesAgainst!: number | null;

  @Column({ name: 'answered_by', type: 'text', nullable: true })
  answeredBy!: string | null;

  @Column({ name: 'answered_at', type: 'timestamptz', nullable: true })
  answeredAt!: Date | null;

  @Column({ name: 'answered_on', type: 'date', nullable: true })
  answeredOn!: string | null;

  /** The earliest objection still standing when it was answered: the key of the answer towards others. */
  @Column({ name: 'answer_objection_id', type: 'uuid', nullable: true })
  answerObjectionId!: string | null;

  @Column({ name: 'outcome_publication_id', type: 'uuid', nullable: true })
  outcomePublicationId!: string | null;

  @Column({ name: 'outcome_last_day', type: 'date', nullable: true })
  outcomeLastDay!: string | null;

  @Column({ name: 'told_on', type: 'date', nullable: true })
  toldOn!: string | null;
}
