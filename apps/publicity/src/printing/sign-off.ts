import type { PlainDate } from '@credit/policy';
import type { ToTell } from './gather-telling';

/** 签收表 of one villager group as plain data: one line to sign per subject, what is known already filled in. */
export interface SignOffSheet {
  readonly title: string;
  /** What the subjects are told of: the title of the publication, or the sentence they all get. */
  readonly about: string;
  readonly number: string | null;
  readonly groupCode: string;
  readonly groupName: string;
  readonly columns: readonly string[];
  readonly rows: readonly SignOffRow[];
}

export interface SignOffRow {
  readonly subjectId: string;
  readonly no: number;
  readonly label: string;
  readonly subjectNo: string;
  /** 签收日期 where the subject has been told already; otherwise a line to write on. */
  readonly toldOn: PlainDate | null;
  readonly remark: string;
}

export interface SignOffFacts {
  readonly about: { readonly title: string; readonly number: string } | null;
  readonly toTell: readonly ToTell[];
  readonly groupNames: ReadonlyMap<string, string>;
}

const columns = ['序号', '户主（名称）', '编号', '签名或手印', '签收日期', '备注'];

/** 签收表 — one sheet per villager group; no result stands on it, because it goes from door to door. 三(三)3 [D] */
export function signOffSheets({ about, toTell, groupNames }: SignOffFacts): SignOffSheet[] {
  const groups = [...new Set(toTell.map(({ groupCode }) => groupCode))];
  return groups.map((code) => ({
    title: '告知签收表',
    about: about?.title ?? toTell[0]?.text ?? '',
    number: about?.number ?? null,
    groupCode: code,
    groupName: groupNames.get(code) ?? code,
    columns,
    rows: toTell
      .filter(({ groupCode }) => groupCode === code)
      .map(({ subjectId, shownAs, subjectNo, state, settledOn }, index) => ({
        subjectId,
        no: index + 1,
        label: shownAs,
        subjectNo,
        toldOn: state === 'told' ? settledOn : null,
        remark: state === 'not-deliverable' ? '已记明无法告知' : '',
      })),
  }));
}
