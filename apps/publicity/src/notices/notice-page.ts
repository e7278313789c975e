import type { NoticeDocument } from '../printing/notice';
import { type Html, html, page, raw } from './html';

/** 公示文书 — ready to print and hang: A4, head of the table repeated, room for the seal. `qr` is an SVG that leads to the public page. 三(三)3 */
export function noticePage(notice: NoticeDocument, qr: string | null): string {
  const { number, title, placeName, opening, period, lines, tables, objections, publisher, postedOn } = notice;
  const body = html`
<p class="number">${number}${placeName === null ? '' : `　张贴处：${placeName}`}</p>
<h1>${title}</h1>
<p>${opening}</p>
<p>${period}</p>
${lines.length > 0 && raw(linesTable(lines))}
${tables.length > 0 && raw(entriesTables(notice))}
${objections !== null && raw(objectionsPart(objections, notice))}
${qr !== null && raw(html`<div class="qr">${raw(qr as Html)}</div>`)}
<div class="seal"><p>（盖章）</p><p>${publisher}</p><p>${postedOn}</p></div>`;
  return page(title, body);
}

function linesTable(lines: readonly string[]): Html {
  return html`<table><thead><tr><th class="narrow">序号</th><th>内容</th></tr></thead><tbody>${lines.map(
    (line, index) => html`<tr><td>${index + 1}</td><td style="text-align:left">${line}</td></tr>`,
  )}</tbody></table>`;
}

function entriesTables({ tables, subjectsHead, resultsHead }: NoticeDocument): Html {
  const each = tables.map(
    ({ groupName, rows }) => html`<h2>${groupName}</h2>
<table><thead><tr><th class="narrow">序号</th><th>${subjectsHead}</th>${resultsHead !== null && raw(html`<th>${resultsHead}</th>`)}</tr></thead><tbody>${rows.map(
      ({ no, label, result }) => html`<tr><td>${no}</td><td>${label}</td>${resultsHead !== null && raw(html`<td>${result}</td>`)}</tr>`,
    )}</tbody></table>`,
  );
  return html`${each}`;
}

const blank = '＿＿＿＿＿＿';

function objectionsPart(sentence: string, { contact }: NoticeDocument): Html {
  return html`<div class="contact"><p>${sentence}</p>
<p>受理：${contact?.receiver ?? blank}　地址：${contact?.address ?? blank}　电话：${contact?.phone ?? blank}</p></div>`;
}
