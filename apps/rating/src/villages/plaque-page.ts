import type { VillageRecognition } from './village.types';

const standings: Readonly<Record<string, string>> = { valid: '有效', expired: '已过有效期', renewed: '已由新的认定代替', revoked: '已撤销', downgraded: '已降级，本牌匾应当收回', recalled: '本牌匾已收回' };
const escape = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** 牌匾核验页 */
export function plaquePage(serial: string | undefined, found: VillageRecognition | null): string {
  const rows = found
    ? [['牌匾编号', found.serial], ['行政村', found.villageName], ['等级', `${found.grade}级信用村`], ['认定文号', found.documentNo ?? ''], ['有效期至', found.lastDay === null ? '' : `${found.lastDay} 24:00`], ['现状', standings[found.standing] ?? found.standing]]
    : [];
  const table = rows.map(([name = '', value = '']) => `<tr><th scope="row">${name}</th><td>${escape(value)}</td></tr>`).join('');
  const result = found ? `<table>${table}</table>` : serial ? '<p role="alert">没有这个编号的牌匾，请对照牌匾重新填写。</p>' : '';
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>信用村牌匾核验</title></head>
<body><h1>信用村牌匾核验</h1><form method="get" action="/villages/check"><p><label>牌匾编号 <input name="serial" required maxlength="20"></label></p><p><button>核验</button></p></form>${result}</body></html>`;
}
