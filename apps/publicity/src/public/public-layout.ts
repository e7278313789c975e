import { createHash } from 'node:crypto';
import { type Html, html, raw } from '../notices/html';

const css = `*{box-sizing:border-box}
body{font:22px/1.8 "Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif;color:#000;background:#fff;margin:0 auto;max-width:40rem;padding:1rem;overflow-wrap:anywhere}
h1{font-size:1.5em;line-height:1.4;border-bottom:3px solid #a01010;padding-bottom:.4rem}
h2{font-size:1.2em;line-height:1.5;margin:1.5rem 0 .5rem}
section{border:2px solid #555;border-radius:6px;padding:.5rem 1rem 1rem;margin:1rem 0}
p,li{margin:.4rem 0}
label{display:block;margin:.8rem 0 .3rem;font-weight:bold}
input{font:inherit;width:100%;padding:.6rem;border:2px solid #333;border-radius:4px;letter-spacing:.1em}
button{font:inherit;font-weight:bold;width:100%;min-height:3.2rem;margin-top:1.2rem;border:0;border-radius:4px;background:#a01010;color:#fff}
a{color:#0b3d91}
:focus{outline:4px solid #0b3d91}
.until{font-weight:bold}
.problem{border:3px solid #a01010;padding:.5rem 1rem;font-weight:bold}`;

/** Only the style written here applies; nothing runs, nothing is fetched, nobody frames the page. */
export const contentPolicy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(css).digest('base64')}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;

/** 公开网页 — large type, no script, no cookie: for an old telephone and for old eyes. */
export function publicDocument(title: string, body: Html): string {
  return html`<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex,nofollow">
<title>${title}</title><style>${raw(css as Html)}</style></head><body>${raw(body)}</body></html>`;
}
