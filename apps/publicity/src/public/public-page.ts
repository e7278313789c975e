import type { PlaceRow, Publication } from '../publications/publication.row';
import { dayInWords } from '../rules/placeholders';
import { type Html, html, raw } from '../notices/html';
import { publicDocument } from './public-layout';

export interface PublicNotice {
  readonly publication: Pick<Publication, 'title' | 'number' | 'postedOn' | 'lastDay' | 'objectionLastDay' | 'lines'>;
  readonly suspended: boolean;
  readonly places: readonly PlaceRow[];
  /** Only of what is published to everybody; other lists hang in the village and nowhere else. */
  readonly names: readonly string[];
}

export interface PublicNotices {
  readonly villageCode: string;
  readonly placeName: string;
  readonly hanging: readonly PublicNotice[];
  readonly past: readonly Pick<Publication, 'title' | 'number' | 'postedOn' | 'lastDay'>[];
}

/** 公开页 — what hangs now, where and until when; afterwards only the fact that it hung. No villager's name, no score. 三(三)3 */
export function publicPage({ villageCode, placeName, hanging, past }: PublicNotices): string {
  const title = `${placeName}公示`;
  return publicDocument(
    title,
    html`<h1>${title}</h1>${hanging.length === 0 && raw(html`<p>目前没有正在公示的内容。</p>`)}${hanging.map(hangingNotice)}
${raw(ownForm(`${villageCode}/own`))}
${past.length > 0 && raw(html`<h2>已结束的公示</h2>`)}${past.map(
      ({ title: name, number, postedOn, lastDay }) => html`<p>${number}《${name}》，${inWords(postedOn)}至${inWords(lastDay)}公示，已结束。</p>`,
    )}`,
  );
}

/**
 * 查本户结果 — the code on the slip and the last four of the ID, sent in the body so that neither stands in an address. The door is named from where the page
 * stands, because a county may serve it below a path of its own.
 */
export function ownForm(action: string): Html {
  return html`<section><h2>查本户结果</h2><form method="post" action="${action}" autocomplete="off">
<label for="code">告知单上的取号码（12 位）</label><input id="code" name="code" required maxlength="20" autocapitalize="characters" spellcheck="false">
<label for="tail">本人身份证号后四位</label><input id="tail" name="tail" required maxlength="4" spellcheck="false">
<button type="submit">查询</button></form></section>`;
}

function inWords(day: string | null): string {
  return day === null ? '' : dayInWords(day);
}

function hangingNotice({ publication, suspended, places, names }: PublicNotice): Html {
  const { title, number, lastDay, objectionLastDay, lines } = publication;
  return html`<section><h2>${title}</h2><p>${number}</p>
${
  suspended
    ? raw(html`<p class="until">镇监督小组已暂停这次公示，暂停的天数不计入公示期。</p>`)
    : raw(html`<p class="until">公示至${inWords(lastDay)}24:00${objectionLastDay === null ? '' : `，异议截止${inWords(objectionLastDay)}24:00`}。</p>`)
}
<p>张贴处：${places.map(({ name, postedOn }) => `${name}（${inWords(postedOn)}张贴）`).join('、')}</p>
${lines.length > 0 && raw(html`<ol>${lines.map((line) => html`<li>${line}</li>`)}</ol>`)}${names.length > 0 && raw(html`<p>${names.join('、')}</p>`)}</section>`;
}
