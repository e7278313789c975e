import type { EntryView } from '../publications/publication-list.store';
import type { PlaceRow, Publication } from '../publications/publication.row';
import { dayInWords } from '../rules/placeholders';
import { type Html, html, page, raw } from './html';

export interface PublicNotice {
  readonly publication: Pick<Publication, 'title' | 'number' | 'postedOn' | 'lastDay' | 'objectionLastDay' | 'lines'>;
  readonly places: readonly PlaceRow[];
  readonly entries: readonly EntryView[];
}

export interface PublicNotices {
  readonly placeName: string;
  readonly hanging: readonly PublicNotice[];
  readonly past: readonly Pick<Publication, 'title' | 'number' | 'postedOn' | 'lastDay'>[];
}

/** 公开页 — what hangs now, where and until when: masked names only, no score. Afterwards only the fact that it hung. */
export function publicPage({ placeName, hanging, past }: PublicNotices): string {
  const title = `${placeName}公示`;
  return page(
    title,
    html`<h1>${title}</h1>${hanging.length === 0 && raw(html`<p>目前没有正在公示的内容。</p>`)}${hanging.map(hangingNotice)}
${past.length > 0 && raw(html`<h2>已结束的公示</h2>`)}${past.map(
      ({ title: name, number, postedOn, lastDay }) => html`<p>${number}《${name}》，${inWords(postedOn)}至${inWords(lastDay)}公示，已结束。</p>`,
    )}`,
  );
}

function inWords(day: string | null): string {
  return day === null ? '' : dayInWords(day);
}

function hangingNotice({ publication, places, entries }: PublicNotice): Html {
  const { title, number, lastDay, objectionLastDay, lines } = publication;
  return html`<section><h2>${title}</h2><p class="number">${number}</p>
<p>公示至${inWords(lastDay)}24:00${objectionLastDay === null ? '' : `，异议截止${inWords(objectionLastDay)}24:00`}。</p>
<p>张贴处：${places.map(({ name, postedOn }) => `${name}（${inWords(postedOn)}张贴）`).join('、')}</p>
${lines.map((line) => html`<p>${line}</p>`)}${entries.length > 0 && raw(html`<p>${entries.map(({ label }) => label ?? '').join('、')}</p>`)}</section>`;
}
