import type { SubjectKind } from '@credit/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** 授权 — one adult's, or an entity's or collective's own, to one client for one purpose between two days. */
@Entity({ name: 'consent' })
export class ConsentRow {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ name: 'subject_id', type: 'uuid' })
  subjectId!: string;

  @Column({ name: 'subject_kind', type: 'text' })
  subjectKind!: SubjectKind;

  @Column({ name: 'division_code', type: 'text' })
  divisionCode!: string;

  @Column({ name: 'member_id', type: 'uuid', nullable: true })
  memberId!: string | null;

  @Column({ name: 'client_id', type: 'uuid' })
  clientId!: string;

  @Column({ type: 'text' })
  purpose!: string;

  @Column({ name: 'from_on', type: 'date' })
  fromOn!: string;

  @Column({ name: 'last_day', type: 'date' })
  lastDay!: string;

  /** The signed paper, when the clerk recorded it. */
  @Column({ name: 'scan_sha256', type: 'text', nullable: true })
  scanSha256!: string | null;

  @Column({ name: 'given_by', type: 'text' })
  givenBy!: string;

  @Column({ name: 'given_at', type: 'timestamptz' })
  givenAt!: Date;

  @Column({ name: 'revoked_by', type: 'text', nullable: true })
  revokedBy!: string | null;

  @Column({ name: 'revoked_at', type: 'timestamptz', nullable: true })
  revokedAt!: Date | null;
}
