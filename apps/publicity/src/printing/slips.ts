import type { ObjectionContact } from '../notices/objection-contact.store';
import { dayInWords } from '../rules/placeholders';
import type { ToTell } from './gather-telling';

/** 告知单 as plain data: one slip per subject, several to a page. No score stands on it. */
export interface Slip {
  readonly label: string;
  readonly subjectNo: string;
  readonly groupName: string;
  readonly text: string;
  /** 取号码 of the household; null for a subject that does not sign in with one. */
  readonly code: string | null;
  /** Until when the code is good, written out; null without one. */
  readonly codeLastDay: string | null;
}

export interface SlipsDocument {
  readonly contact: ObjectionContact | null;
  readonly slips: readonly Slip[];
}

export interface SlipsFacts {
  readonly toTell: readonly ToTell[];
  readonly codes: ReadonlyMap<string, { readonly code: string; readonly lastDay: string }>;
  readonly groupNames: ReadonlyMap<string, string>;
  readonly contact: ObjectionContact | null;
}

/** 告知单 — what each subject is told, with the household's own code and until when it is good. 三(三)3 */
export function slipsDocument({ toTell, codes, groupNames, contact }: SlipsFacts): SlipsDocument {
  return {
    contact,
    slips: toTell.map(({ subjectId, label, subjectNo, groupCode, text }) => {
      const code = codes.get(subjectId);
      return { label, subjectNo, groupName: groupNames.get(groupCode) ?? groupCode, text, code: code?.code ?? null, codeLastDay: code ? dayInWords(code.lastDay) : null };
    }),
  };
}
