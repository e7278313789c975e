import { Column, Entity, PrimaryColumn } from 'typeorm';

/** 听取陈述 — what the applicant, the affected household or an original scorer said before the decision. */
@Entity({ name: 'hearing' })
export class HearingRow {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ name: 'reconsideration_id', type: 'uuid' })
  reconsiderationId!: string;

  @Column({ type: 'text' })
  heard!: 'applicant' | 'affected-household' | 'scorer';

  @Column({ name: 'household_id', type: 'uuid', nullable: true })
  householdId!: string | null;

  /** False when a household was invited and did not come; the statement then says how it was invited. */
  @Column({ type: 'boolean' })
  appeared!: boolean;

  /** Sealed under the subject's key. */
  @Column({ type: 'bytea' })
  statement!: Buffer;

  @Column({ name: 'heard_on', type: 'date' })
  heardOn!: string;

  @Column({ name: 'recorded_by', type: 'text' })
  recordedBy!: string;
}
