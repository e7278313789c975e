const compoundSurnames = new Set(['欧阳', '上官', '司马', '诸葛', '司徒', '东方', '皇甫', '尉迟', '公孙', '令狐', '慕容', '夏侯', '长孙', '宇文', '轩辕', '端木', '百里', '南宫', '闻人', '申屠']);

/** 姓名脱敏 for notices and lists: 张晓明 → 张*明, 张明 → 张*, 欧阳明月 → 欧阳*月. */
export function maskName(name: string): string {
  const characters = Array.from(name.trim());
  if (characters.length === 0) return '';
  const surname = characters.length > 2 && compoundSurnames.has(characters.slice(0, 2).join('')) ? 2 : 1;
  const given = characters.slice(surname);
  const kept = characters.slice(0, surname).join('');
  if (given.length === 0) return `${kept}*`;
  if (given.length === 1) return `${kept}*`;
  return `${kept}${'*'.repeat(given.length - 1)}${given.at(-1) ?? ''}`;
}

/** 身份证号脱敏 */
export function maskResidentId(id: string): string {
  return `${id.slice(0, 1)}${'*'.repeat(Math.max(0, id.length - 2))}${id.slice(-1)}`;
}

/** 手机号脱敏 */
export function maskMobile(mobile: string): string {
  return `${mobile.slice(0, 3)}****${mobile.slice(-4)}`;
}
