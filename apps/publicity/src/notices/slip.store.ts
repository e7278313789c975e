import type { Tx } from '@credit/platform';

export interface OpenNotification {
  readonly subjectId: string;
  readonly text: string;
}

const slipsPerPrint = 2000;

/** What a division still has to hand out on paper. */
export class SlipStore {
  constructor(private readonly tx: Tx) {}

  open({ publicationId, template, divisionCode }: { publicationId?: string | undefined; template?: string | undefined; divisionCode: string }): Promise<OpenNotification[]> {
    return this.tx.manager.query(
      `SELECT subject_id AS "subjectId", text FROM notification
       WHERE state = 'open' AND subject_id IS NOT NULL AND ($1::uuid IS NULL OR publication_id = $1) AND ($2::text IS NULL OR template = $2)
         AND left($3, length(division_code)) = division_code AND (group_code IS NULL OR group_code LIKE $3 || '%')
       ORDER BY group_code, id LIMIT ${slipsPerPrint}`,
      [publicationId ?? null, template ?? null, divisionCode],
    );
  }
}
