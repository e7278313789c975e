import type { PlainDate } from '@credit/policy';
import type { ObjectionContact } from '../notices/objection-contact.store';
import type { ToTell } from './gather-telling';

/** 告知单 as plain data: one slip per subject, several to a page. No score stands on it. */
export interface Slip {
  readonly label: string;
  readonly subjectNo: string;
  readonly groupName: string;
  readonly text: string;
  /** 取号码 of the household and the last day on which it is good; null for a subject that does not sign in with one. */
  readonly code: { readonly text: string; readonly lastDay: PlainDate } | null;
}

/** What the subjects are told of, where it hangs and until when it can be objected to. */
export interface ToldPublication {
  readonly number: string;
  readonly where: string;
  readonly lastDay: PlainDate | null;
  readonly objectionLastDay: PlainDate | null;
}

export interface SlipsDocument {
  readonly contact: ObjectionContact | null;
  /** Null for what hangs nowhere, such as the rating results. */
  readonly publication: ToldPublication | null;
  readonly issuer: string;
  readonly madeOn: PlainDate;
  readonly slips: readonly Slip[];
}

export interface SlipsFacts extends Omit<SlipsDocument, 'slips'> {
  readonly toTell: readonly ToTell[];
  readonly codes: ReadonlyMap<string, { readonly code: string; readonly lastDay: PlainDate }>;
  readonly groupNames: ReadonlyMap<string, string>;
}

/** 告知单 — what each subject is told, with the household's own code and until when it is good. 三(三)3 */
export function slipsDocument({ toTell, codes, groupNames, ...paper }: SlipsFacts): SlipsDocument {
  return {
    ...paper,
    slips: toTell.map(({ subjectId, label, subjectNo, groupCode, text }) => {
      const code = codes.get(subjectId);
      return { label, subjectNo, groupName: groupNames.get(groupCode) ?? groupCode, text, code: code ? { text: code.code, lastDay: code.lastDay } : null };
    }),
  };
}
