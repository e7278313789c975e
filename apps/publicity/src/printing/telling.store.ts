import type { Tx } from '@credit/platform';
import type { PlainDate } from '@credit/policy';

export interface TellingRequest {
  /** What the subjects are to be told of: the notifications of a publication… */
  readonly publicationId?: string | undefined;
  /** …or those of a template under a division, such as the rating results of a village. */
  readonly template?: string | undefined;
  /** A village or one of its groups. */
  readonly divisionCode: string;
  /** Only those who have not been told yet. */
  readonly openOnly: boolean;
}

export interface Notified {
  readonly subjectId: string;
  readonly text: string;
  readonly state: string;
  readonly settledOn: PlainDate | null;
}

const subjectsPerPaper = 2000;

/** Who of a division is to be told, on paper. */
export class TellingStore {
  constructor(private readonly tx: Tx) {}

  of({ publicationId, template, divisionCode, openOnly }: TellingRequest): Promise<Notified[]> {
    return this.tx.manager.query(
      `SELECT subject_id AS "subjectId", text, state, settled_on AS "settledOn" FROM notification
       WHERE subject_id IS NOT NULL AND (state = 'open' OR (NOT $4 AND state <> 'ended')) AND ($1::uuid IS NULL OR publication_id = $1) AND ($2::text IS NULL OR template = $2)
         AND left($3, length(division_code)) = division_code AND (group_code IS NULL OR group_code LIKE $3 || '%')
       ORDER BY group_code, id LIMIT ${subjectsPerPaper}`,
      [publicationId ?? null, template ?? null, divisionCode, openOnly],
    );
  }
}
