import type { Tx } from '@credit/platform';
import type { ReconsiderationRow } from '../reconsiderations/reconsideration.row';
import type { ObjectionRow } from './objection.row';

type FromObjection = Omit<ObjectionRow, 'statement' | 'refusalReason' | 'lateCause' | 'state' | 'filedBy' | 'scanSha256' | 'ownerKey' | 'readBackAt' | 'readBackBy'>;
type FromCase = Pick<ReconsiderationRow, 'meetingOn' | 'outcome' | 'changedHundredths' | 'vetoLifted' | 'outcomePublicationId' | 'outcomeLastDay' | 'toldOn'>;

/** 异议一览 — a filing together with where its reconsideration stands; overdue is computed when it is read. */
export interface ObjectionView extends FromObjection, Partial<FromCase> {
  readonly state: string;
  readonly answerDueOn: string | null;
  readonly answeredOn: string | null;
  readonly overdue: boolean;
}

interface Filter {
  readonly scopes: readonly string[];
  readonly under?: string | undefined;
  readonly state?: string | undefined;
  readonly publicationId?: string | undefined;
  readonly before: string | null;
  readonly limit: number;
}

const state = `CASE WHEN o.state = 'admitted' THEN r.state ELSE o.state END`;
const isOpen = `(o.state = 'admitted' AND r.state IN ('admitted', 'panel-convened'))`;
const overdue = `(${isOpen} AND r.answer_due_on < platform.today())`;
const from = 'FROM objection o LEFT JOIN reconsideration r ON r.id = o.reconsideration_id';
const columns = `
  o.id, o.receipt_no AS "receiptNo", o.reconsideration_id AS "reconsiderationId", o.publication_id AS "publicationId", o.publication_version AS "publicationVersion",
  o.publication_kind AS "publicationKind", o.owner, o.division_code AS "divisionCode", o.group_code AS "groupCode", o.subject_id AS "subjectId",
  o.applicant_id AS "applicantId", o.applicant_member_id AS "applicantMemberId", o.ground, o.channel, o.received_at AS "receivedAt", o.received_on AS "receivedOn", o.entered_on AS "enteredOn",
  o.window_last_day AS "windowLastDay", o.refusal, o.refused_on AS "refusedOn", o.refusal_reviewed_on AS "refusalReviewedOn", o.admitted_on AS "admittedOn",
  o.ended_on AS "endedOn", o.correction_requested_on AS "correctionRequestedOn", o.correction_outcome AS "correctionOutcome",
  o.correction_answered_on AS "correctionAnsweredOn", ${state} AS state, r.answer_due_on AS "answerDueOn", r.answered_on AS "answeredOn", coalesce(${overdue}, false) AS overdue,
  r.meeting_on AS "meetingOn", r.outcome, r.changed_hundredths AS "changedHundredths", r.veto_lifted AS "vetoLifted",
  r.outcome_publication_id AS "outcomePublicationId", r.outcome_last_day AS "outcomeLastDay", r.told_on AS "toldOn"`;

/** The digits that a division shares with everything in it. */
function prefixOf(division: string): string {
  return `${division.replace(/(0{6}|0{3})$/, '')}%`;
}

/** All reading SQL of objections. */
export class ObjectionListStore {
  constructor(private readonly tx: Tx) {}

  /** Newest first, within the divisions of the reader. */
  list(filter: Filter): Promise<ObjectionView[]> {
    return this.tx.manager.query(
      `SELECT ${columns} ${from}
       WHERE o.division_code LIKE ANY($1) AND ($2::text IS NULL OR o.division_code LIKE $2) AND ($3::text IS NULL OR ${state} = $3)
         AND ($4::uuid IS NULL OR o.publication_id = $4) AND ($5::uuid IS NULL OR o.id < $5)
       ORDER BY o.id DESC LIMIT $6`,
      [filter.scopes.map((scope) => `${scope}%`), filter.under === undefined ? null : prefixOf(filter.under), filter.state ?? null, filter.publicationId ?? null, filter.before, filter.limit],
    );
  }

  async find(id: string): Promise<ObjectionView | undefined> {
    return (await this.tx.manager.query<ObjectionView[]>(`SELECT ${columns} ${from} WHERE o.id = $1`, [id]))[0];
  }

  /** Objections a household filed, and those about it. */
  ofHouseholds(householdIds: readonly string[]): Promise<ObjectionView[]> {
    return this.tx.manager.query(`SELECT ${columns} ${from} WHERE o.applicant_id = ANY($1) OR o.subject_id = ANY($1) ORDER BY o.id DESC`, [householdIds]);
  }

  /** 未办结的异议 against results of one owner. */
  openOf(owner: string, subjectIds: readonly string[]): Promise<{ objectionId: string; subjectId: string; publicationId: string; state: string; receivedOn: string; answerDueOn: string }[]> {
    return this.tx.manager.query(
      `SELECT o.id AS "objectionId", o.subject_id AS "subjectId", o.publication_id AS "publicationId", r.state, o.received_on AS "receivedOn", r.answer_due_on AS "answerDueOn"
       ${from} WHERE ${isOpen} AND o.owner = $1 AND o.subject_id = ANY($2) ORDER BY o.id`,
      [owner, subjectIds],
    );
  }
}
