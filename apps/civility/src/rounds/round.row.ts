import type { PlainDate, RoundState } from '@credit/policy';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** 评议轮次 — one village's review of one year. */
@Entity({ name: 'round' })
export class RoundRow {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ name: 'village_code', type: 'text' })
  villageCode!: string;

  @Column({ type: 'integer' })
  year!: number;

  @Column({ type: 'text' })
  state!: RoundState;

  /** 基准日 — the three years of look-back end here, and evidence may not be younger. */
  @Column({ name: 'reference_day', type: 'date' })
  referenceDay!: PlainDate;

  @Column({ name: 'list_version_id', type: 'uuid' })
  listVersionId!: string;

  /** 评议方式: one signed table per group, or individual marks counted by majority. */
  @Column({ type: 'text' })
  marking!: 'group-table' | 'individual';

  /** 村民网上评议 — advisory, off by default. */
  @Column({ name: 'online_marks', type: 'boolean' })
  onlineMarks!: boolean;

  @Column({ name: 'prepared_on', type: 'date' })
  preparedOn!: PlainDate;

  @Column({ name: 'opened_on', type: 'date', nullable: true })
  openedOn!: PlainDate | null;

  @Column({ name: 'deliberated_on', type: 'date', nullable: true })
  deliberatedOn!: PlainDate | null;

  @Column({ name: 'handed_in_on', type: 'date', nullable: true })
  handedInOn!: PlainDate | null;

  @Column({ name: 'filed_on', type: 'date', nullable: true })
  filedOn!: PlainDate | null;

  @Column({ name: 'filed_by', type: 'text', nullable: true })
  filedBy!: string | null;

  /** SHA-256 over the filed set. */
  @Column({ type: 'text', nullable: true })
  digest!: string | null;

  @Column({ name: 'publication_id', type: 'uuid', nullable: true })
  publicationId!: string | null;

  @Column({ name: 'publication_version', type: 'integer', nullable: true })
  publicationVersion!: number | null;

  @Column({ name: 'posted_on', type: 'date', nullable: true })
  postedOn!: PlainDate | null;

  @Column({ name: 'publication_last_day', type: 'date', nullable: true })
  publicationLastDay!: PlainDate | null;

  @Column({ name: 'objection_last_day', type: 'date', nullable: true })
  objectionLastDay!: PlainDate | null;

  /** The day after which scores that still wait for an outcome's publication are looked at again. */
  @Column({ name: 'recheck_on', type: 'date', nullable: true })
  recheckOn!: PlainDate | null;

  /** Counts every alarm set, so that the newest wins whatever order they arrive in. */
  @Column({ name: 'deadline_version', type: 'integer' })
  deadlineVersion!: number;
}
