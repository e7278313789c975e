import { type Html, html, raw } from '../notices/html';
import { dayInWords } from '../rules/placeholders';
import { publicDocument } from './public-layout';
import { ownForm } from './public-page';

/** One publication as it concerns the household that asks. */
export interface OwnNotice {
  readonly title: string;
  readonly label: string | null;
  /** Head of the column and what stands in it; null where the kind shows no result. */
  readonly result: { readonly head: string; readonly value: string } | null;
  readonly lastDay: string;
  readonly objectionLastDay: string | null;
}

const title = '查本户结果';

function back(villageCode: string): Html {
  return html`<p><a href="../${villageCode}">返回公示页</a></p>`;
}

/** 本户结果 — what hangs about this household now, and until when it can object. */
export function ownPage(villageCode: string, notices: readonly OwnNotice[]): string {
  const none = notices.length === 0 && raw(html`<p>目前没有正在公示的、与您户有关的内容。您户的历次告知可登录后查看，或到村委会查询。</p>`);
  return publicDocument(title, html`<h1>${title}</h1>${none}${notices.map(ownNotice)}${raw(back(villageCode))}`);
}

function ownNotice({ title: name, label, result, lastDay, objectionLastDay }: OwnNotice): Html {
  return html`<section><h2>${name}</h2><p>${label ?? ''}</p>
<p class="until">${result === null ? '您户已列入公示名单。' : `${result.head}：${result.value}`}</p>
<p>公示至${dayInWords(lastDay)}24:00。${objectionLastDay === null ? '' : `如有异议，请于${dayInWords(objectionLastDay)}24:00前提出。`}</p></section>`;
}

/** 未能查询 — the same words and the same form whatever was wrong. */
export function refusedPage(villageCode: string): string {
  return publicDocument(
    title,
    html`<h1>${title}</h1><p class="problem" role="alert">未能查询。请核对告知单上的取号码和本人身份证号后四位；多次不成功的，请过一会儿再试，或到村委会查询。</p>${raw(ownForm('own'))}${raw(back(villageCode))}`,
  );
}

export function unavailablePage(villageCode: string): string {
  return publicDocument(title, html`<h1>${title}</h1><p class="problem" role="alert">暂时不能查询，请过一会儿再试。</p>${raw(back(villageCode))}`);
}
