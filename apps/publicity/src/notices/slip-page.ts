import { dayInWords } from '../rules/placeholders';
import { html, page } from './html';
import type { ObjectionContact } from './objection-contact.store';

export interface Slip {
  readonly label: string;
  readonly text: string;
  /** 取号码 of the household; null for a subject that does not sign in with one. */
  readonly code: string | null;
  readonly codeLastDay: string | null;
}

/** 告知单 — several to a page, one per household with its own code, each with a line to sign. No score stands on it. 三(三)3 */
export function slipPage(slips: readonly Slip[], contact: ObjectionContact | null): string {
  const place = contact ? `受理异议：${contact.receiver}，${contact.address}，电话 ${contact.phone}` : '受理异议：村党组织';
  return page(
    '告知单',
    html`${slips.map(
      (slip) => html`<section class="slip"><h2>告知单</h2><p>${slip.label}：</p><p>${slip.text}</p><p>${place}</p>
<p>${slip.code === null ? '可到村委会查询。' : '取号码：'}<span class="code">${slip.code}</span>${slip.codeLastDay === null ? '' : `（有效至${dayInWords(slip.codeLastDay)}，与身份证号后四位一起登录，请勿转告他人）`}</p>
<p class="sign">签收：＿＿＿＿＿＿＿＿　日期：＿＿＿＿年＿＿月＿＿日</p></section>`,
    )}`,
  );
}
