import type { SignOffInput, SlipsInput } from '@credit/print';
import type { PlainDate } from '@credit/policy';
import { objectionDoor } from './printed-notice';
import type { SignOffSheet } from './sign-off';
import type { SlipsDocument } from './slips';

/** 告知单 for the printer, four to a page. 三(三)3 */
export function slipsInput({ contact, publication, issuer, madeOn, slips }: SlipsDocument): SlipsInput {
  return {
    title: '告知单',
    number: publication?.number ?? null,
    madeOn,
    where: publication?.where ?? null,
    lastDay: publication?.lastDay ?? null,
    objections: objectionDoor(contact, publication?.objectionLastDay ?? null),
    issuer,
    slips,
  };
}

/** 告知签收表 for the printer, a sheet for each villager group. 三(三)3 */
export function signOffInput(sheets: readonly SignOffSheet[], madeOn: PlainDate): SignOffInput {
  return {
    title: sheets[0]?.title ?? '告知签收表',
    number: sheets[0]?.number ?? null,
    madeOn,
    about: sheets[0]?.about ?? '',
    sheets: sheets.map(({ groupName, rows }) => ({ groupName, rows: rows.map(({ label, subjectNo, toldOn, remark }) => ({ label, subjectNo, howTold: null, toldOn, note: remark })) })),
  };
}
