/** Text that has been escaped or was written here; only this goes into a page. */
export type Html = string & { readonly __html: unique symbol };

export function escapeHtml(text: string): Html {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`) as Html;
}

type Piece = Html | string | number | null | false | readonly Html[];

function pieceOf(piece: Piece | { readonly html: Html }): string {
  if (piece === null || piece === false) return '';
  if (typeof piece === 'object' && 'html' in piece) return piece.html;
  if (typeof piece === 'object') return piece.join('');
  return escapeHtml(String(piece));
}

/** Pieces are escaped unless they are wrapped by `raw` or are lists made by `html` itself. */
export function html(strings: TemplateStringsArray, ...pieces: readonly (Piece | { readonly html: Html })[]): Html {
  return strings.reduce((page, text, index) => page + text + (index < pieces.length ? pieceOf(pieces[index] ?? null) : ''), '') as Html;
}

/** One piece of a page inside another. */
export function raw(piece: Html): { readonly html: Html } {
  return { html: piece };
}

const fonts = '"Noto Serif CJK SC","Source Han Serif SC","SimSun","Songti SC",serif';

const printCss = `
@page{size:A4;margin:2.2cm 2cm}
*{box-sizing:border-box}
body{font:16px/1.8 ${fonts};color:#000;margin:0 auto;max-width:17cm;padding:1rem}
h1{text-wrap:balance;font-size:26px;line-height:1.4;text-align:center;margin:0 0 .6rem;letter-spacing:.05em}
h2{font-size:18px;margin:1.2rem 0 .4rem;break-after:avoid}
p{margin:.3rem 0;text-indent:2em;text-align:justify}
.number{text-align:right;text-indent:0;font-size:14px}
table{width:100%;border-collapse:collapse;margin:.6rem 0}
thead{display:table-header-group}
tr{break-inside:avoid}
th,td{border:1px solid #000;padding:.2rem .5rem;text-align:center;font-weight:normal}
th{background:#f2f2f2}
.narrow{width:4rem}
.contact,.seal{break-inside:avoid}
.seal{margin-top:2rem;text-align:right;padding-right:2em;min-height:4.5cm}
.seal p{text-indent:0;text-align:right}
.qr{float:right;width:2.6cm;margin-left:1rem}
.slip{border:1px dashed #000;padding:.5rem .8rem;margin:0 0 .4cm;break-inside:avoid;font-size:14px;line-height:1.6}
.slip h2{font-size:17px;text-align:center;margin:.2rem 0}
.slip .code{font-size:20px;letter-spacing:.15em;font-family:monospace}
.slip .sign{border-top:1px solid #000;margin-top:.4rem;padding-top:.3rem;text-indent:0}
@media screen{body{box-shadow:0 0 8px #bbb;margin:1rem auto;padding:2rem}}`;

/** A whole page; nothing in it is fetched from elsewhere or runs in the browser. */
export function page(title: string, body: Html): string {
  return html`<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex,nofollow">
<title>${title}</title><style>${raw(printCss as Html)}</style></head><body>${raw(body)}</body></html>`;
}
