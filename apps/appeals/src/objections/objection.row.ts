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

  @Column({ name: 'publication_id', type: 'uuid' })
  publicationId!: string;

  @Column({ name: 'publication_version', type: 'integer' })
  publicationVersion!: number;

  @Column({ name: 'publication_kind', type: 'text' })
  publicationKind!: string;

  /** The service whose result is objected to. */
  @Column({ type: 'text' })
  owner!: 'civility' | 'rating';

  /** The owner's key of the publication, such as the round id. */
  @Column({ name: 'owner_key', type: 'text' })
  ownerKey!: string;

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

  @Column({ name: 'received_at', type: 'timestamptz' })
  receivedAt!: Date;

  @Column({ name: 'received_on', type: 'date' })
  receivedOn!: string;

  @Column({ name: 'window_last_day', type: 'date', nullable: true })
  windowLastDay!: string | null;

  @Column({ type: 'text' })
  state!: 'admitted' | 'refused' | 'withdrawn';

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
}
