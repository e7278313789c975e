import { Column, Entity, PrimaryColumn } from 'typeorm';

/** 异议 — one filing with its receipt; once admitted, its progress is that of its reconsideration. */
@Entity({ name: 'objection' })
export class ObjectionRow {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ name: 'receipt_no', type: 'text' })
  receiptNo!: string;

  @Column({ name: 'reconsideration_id', type: 'uuid', nullable: true })
  reconsiderationId!: string | null;

  /** Null for an error in a file, which needs no publication. */
  @Column({ name: 'publication_id', type: 'uuid', nullable: true })
  publicationId!: string | null;

  @Column({ name: 'publication_version', type: 'integer', nullable: true })
  publicationVersion!: number | null;

  @Column({ name: 'publication_kind', type: 'text', nullable: true })
  publicationKind!: string | null;

  /** The service whose result, or file, is objected to. */
  @Column({ type: 'text' })
  owner!: 'civility' | 'rating' | 'archives';

  /** The owner's key of the publication, such as the round id. */
  @Column({ name: 'owner_key', type: 'text', nullable: true })
  ownerKey!: string | null;

  @Column({ name: 'division_code', type: 'text' })
  divisionCode!: string;

  @Column({ name: 'group_code', type: 'text' })
  groupCode!: string;

  @Column({ name: 'subject_id', type: 'uuid' })
  subjectId!: string;

  @Column({ name: 'applicant_id', type: 'uuid' })
  applicantId!: string;

  @Column({ name: 'applicant_member_id', type: 'uuid', nullable: true })
  applicantMemberId!: string | null;

  @Column({ type: 'text' })
  ground!: string;

  @Column({ type: 'text' })
  channel!: string;

  /** Sealed under the subject's key. */
  @Column({ type: 'bytea' })
  statement!: Buffer;

  @Column({ name: 'scan_sha256', type: 'text', nullable: true })
  scanSha256!: string | null;

  @Column({ name: 'filed_by', type: 'text' })
  filedBy!: string;

  /** The moment of registering. */
  @Column({ name: 'received_at', type: 'timestamptz' })
  receivedAt!: Date;

  /** The day that counts: of registering, or of the village's entry stamp on a paper. */
  @Column({ name: 'received_on', type: 'date' })
  receivedOn!: string;

  @Column({ name: 'entered_on', type: 'date' })
  enteredOn!: string;

  @Column({ name: 'read_back_at', type: 'timestamptz', nullable: true })
  readBackAt!: Date | null;

  @Column({ name: 'read_back_by', type: 'text', nullable: true })
  readBackBy!: string | null;

  @Column({ name: 'window_last_day', type: 'date', nullable: true })
  windowLastDay!: string | null;

  @Column({ type: 'text' })
  state!: 'admitted' | 'refused' | 'withdrawn' | 'referred';

  @Column({ type: 'text', nullable: true })
  refusal!: 'late' | 'not-posted' | 'publication-withdrawn' | 'inadmissible' | null;

  /** Sealed under the subject's key. */
  @Column({ name: 'refusal_reason', type: 'bytea', nullable: true })
  refusalReason!: Buffer | null;

  @Column({ name: 'refused_on', type: 'date', nullable: true })
  refusedOn!: string | null;

  @Column({ name: 'refusal_reviewed_on', type: 'date', nullable: true })
  refusalReviewedOn!: string | null;

  /** 逾期正当理由, sealed under the subject's key. */
  @Column({ name: 'late_cause', type: 'bytea', nullable: true })
  lateCause!: Buffer | null;

  @Column({ name: 'admitted_on', type: 'date', nullable: true })
  admittedOn!: string | null;

  @Column({ name: 'ended_on', type: 'date', nullable: true })
  endedOn!: string | null;

  /** 移送更正 — the day it was sent to the archives: an error in a file, or one that came too late. */
  @Column({ name: 'correction_requested_on', type: 'date', nullable: true })
  correctionRequestedOn!: string | null;

  @Column({ name: 'correction_outcome', type: 'text', nullable: true })
  correctionOutcome!: 'corrected' | 'file-right' | 'passed-on' | null;

  @Column({ name: 'correction_answered_on', type: 'date', nullable: true })
  correctionAnsweredOn!: string | null;
}

/** 对公示的异议 — what can be reconsidered; an error in a file is answered by the archives. */
export type ContestingRow = ObjectionRow & {
  readonly publicationId: string;
  readonly publicationVersion: number;
  readonly publicationKind: string;
  readonly owner: 'civility' | 'rating';
  readonly ownerKey: string;
};

export function isContesting(row: ObjectionRow): row is ContestingRow {
  return row.publicationId !== null;
}
