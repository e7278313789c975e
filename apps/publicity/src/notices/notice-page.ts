import type { EntryView } from '../publications/publication-list.store';
import type { PublicationDays } from '../publications/publication-term';
import type { Publication } from '../publications/publication.row';
import type { NoticeTemplate } from '../rules/notice-rules';
import { dayInWords, fill } from '../rules/placeholders';
import { daysBetween } from '@credit/policy';
import { type Html, html, page, raw } from './html';
import type { ObjectionContact } from './objection-contact.store';

export interface NoticeContent {
  readonly publication: Pick<Publication, 'title' | 'number' | 'divisionName' | 'facts' | 'lines'>;
  readonly template: NoticeTemplate;
  readonly days: PublicationDays;
  /** Where this sheet is to hang; null for one with everything. */
  readonly placeName: string | null;
  readonly entries: readonly EntryView[];
  readonly groupNames: ReadonlyMap<string, string>;
  readonly contact: ObjectionContact | null;
  /** SVG of the code that leads to the public page. */
  readonly qr: string | null;
}

/** 公示文书 — ready to print and hang: A4, head of the table repeated, room for the seal. 三(三)3 */
export function noticePage(content: NoticeContent): string {
  const { publication, template, days, placeName, contact, qr } = content;
  const filling = { ...publication.facts, place: publication.divisionName, ...days, days: String(daysBetween(days.postedOn, days.lastDay)) };
  const body = html`
<p class="number">${publication.number}${placeName === null ? '' : `　张贴处：${placeName}`}</p>
<h1>${publication.title}</h1>
<p>${fill(template.opening, filling)}</p>
<p>${fill(template.period, filling)}</p>
${publication.lines.length > 0 && raw(linesTable(publication.lines))}
${content.entries.length > 0 && raw(entriesTable(content))}
${template.objections !== undefined && raw(objections(fill(template.objections, filling), contact))}
${qr !== null && raw(html`<div class="qr">${raw(qr as Html)}</div>`)}
<div class="seal"><p>（盖章）</p><p>${publication.divisionName}</p><p>${dayInWords(days.postedOn)}</p></div>`;
  return page(publication.title, body);
}

function linesTable(lines: readonly string[]): Html {
  return html`<table><thead><tr><th class="narrow">序号</th><th>内容</th></tr></thead><tbody>${lines.map(
    (line, index) => html`<tr><td>${index + 1}</td><td style="text-align:left">${line}</td></tr>`,
  )}</tbody></table>`;
}

/** One table per villager group, in the order in which the list was drafted. */
function entriesTable({ entries, template, groupNames }: NoticeContent): Html {
  const groups = [...new Set(entries.map(({ groupCode }) => groupCode))];
  const { subjects = '名称', results } = template;
  const tables = groups.map((groupCode) => {
    const rows = entries.filter((entry) => entry.groupCode === groupCode);
    return html`<h2>${groupNames.get(groupCode) ?? groupCode}</h2>
<table><thead><tr><th class="narrow">序号</th><th>${subjects}</th>${results !== undefined && raw(html`<th>${results}</th>`)}</tr></thead><tbody>${rows.map(
      (entry, index) => html`<tr><td>${index + 1}</td><td>${entry.label ?? ''}</td>${results !== undefined && raw(html`<td>${entry.result ?? ''}</td>`)}</tr>`,
    )}</tbody></table>`;
  });
  return html`${tables}`;
}

const blank = '＿＿＿＿＿＿';

function objections(sentence: string, contact: ObjectionContact | null): Html {
  return html`<div class="contact"><p>${sentence}</p>
<p>受理：${contact?.receiver ?? blank}　地址：${contact?.address ?? blank}　电话：${contact?.phone ?? blank}</p></div>`;
}
