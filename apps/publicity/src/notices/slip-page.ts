import type { SlipsDocument } from '../printing/slips';
import { dayInWords } from '../rules/placeholders';
import { html, page } from './html';

/** 告知单 — several to a page, each with a line to sign. 三(三)3 */
export function slipPage({ contact, slips }: SlipsDocument): string {
  const place = contact ? `受理异议：${contact.receiver}，${contact.address}，电话 ${contact.phone}` : '受理异议：村党组织';
  return page(
    '告知单',
    html`${slips.map(
      (slip) => html`<section class="slip"><h2>告知单</h2><p>${slip.label}（${slip.subjectNo}）：</p><p>${slip.text}</p><p>${place}</p>
<p>${slip.code === null ? '可到村委会查询。' : '取号码：'}<span class="code">${slip.code?.text ?? ''}</span>${slip.code === null ? '' : `（有效至${dayInWords(slip.code.lastDay)}，与身份证号后四位一起登录，请勿转告他人）`}</p>
<p class="sign">签收：＿＿＿＿＿＿＿＿　日期：＿＿＿＿年＿＿月＿＿日</p></section>`,
    )}`,
  );
}
