import type { PublicationKind, Service } from '@credit/contracts';
import type { PlainDate, PublicationState } from '@credit/policy';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** 公示 — one publication of one case. Every window is computed from the days stored here. */
@Entity({ name: 'publication' })
export class PublicationRow {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'text' })
  kind!: PublicationKind;

  @Column({ type: 'text' })
  owner!: Service;

  /** The owner's key of the case. */
  @Column({ type: 'text' })
  key!: string;

  @Column({ name: 'division_code', type: 'text' })
  divisionCode!: string;

  @Column({ name: 'division_name', type: 'text' })
  divisionName!: string;

  /** 公示编号 */
  @Column({ type: 'text' })
  number!: string;

  @Column({ type: 'text' })
  title!: string;

  @Column({ name: 'template_version', type: 'integer' })
  templateVersion!: number;

  /** Facts of the heading, as the owner gave them. */
  @Column({ type: 'jsonb' })
  facts!: Readonly<Record<string, string>>;

  /** Text lines of a content publication. */
  @Column({ type: 'jsonb' })
  lines!: readonly string[];

  @Column({ type: 'text' })
  state!: PublicationState;

  /** Grows whenever something that others decide on has changed. */
  @Column({ type: 'integer' })
  version!: number;

  /** A longer time than the rule's, where the rule says “at least”. */
  @Column({ name: 'days_asked', type: 'integer', nullable: true })
  daysAsked!: number | null;

  @Column({ name: 'drafted_on', type: 'date' })
  draftedOn!: PlainDate;

  /** The day on which the last place was posted. */
  @Column({ name: 'posted_on', type: 'date', nullable: true })
  postedOn!: PlainDate | null;

  @Column({ name: 'last_day', type: 'date', nullable: true })
  lastDay!: PlainDate | null;

  /** 异议期最后一日; null for kinds without one. */
  @Column({ name: 'objection_last_day', type: 'date', nullable: true })
  objectionLastDay!: PlainDate | null;

  @Column({ name: 'suspended_on', type: 'date', nullable: true })
  suspendedOn!: PlainDate | null;

  /** 撤回原因, as a code. */
  @Column({ type: 'text', nullable: true })
  withdrawal!: string | null;

  @Column({ name: 'again_of', type: 'uuid', nullable: true })
  againOf!: string | null;

  @Column({ name: 'opened_again_as', type: 'uuid', nullable: true })
  openedAgainAs!: string | null;
}

/** A publication as its row holds it. */
export type Publication = { [Field in keyof PublicationRow]: PublicationRow[Field] };

/** 公示处 — one place where it hangs. */
@Entity({ name: 'publication_place' })
export class PlaceRow {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ name: 'publication_id', type: 'uuid' })
  publicationId!: string;

  @Column({ type: 'text' })
  kind!: 'board' | 'group' | 'public';

  @Column({ name: 'division_code', type: 'text' })
  divisionCode!: string;

  @Column({ type: 'text' })
  name!: string;

  @Column({ name: 'posted_on', type: 'date', nullable: true })
  postedOn!: PlainDate | null;

  /** 张贴人 — sealed under the place's own key. */
  @Column({ name: 'poster_name', type: 'bytea', nullable: true })
  posterName!: Buffer | null;

  @Column({ name: 'photo_sha256', type: 'text', nullable: true })
  photoSha256!: string | null;

  @Column({ name: 'recorded_by', type: 'text', nullable: true })
  recordedBy!: string | null;
}
