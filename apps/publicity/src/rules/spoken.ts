const digits = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
const phoneDigits = ['零', '幺', '二', '三', '四', '五', '六', '七', '八', '九'];

function oneByOne(figures: string, words: readonly string[]): string {
  return figures.replace(/\d/g, (figure) => words[Number(figure)] ?? figure);
}

/** 十二 for 12 up to 99; longer numbers, and years, are read figure by figure. */
function numberAloud(figures: string): string {
  const value = Number(figures);
  if (figures.length > 2) return oneByOne(figures, digits);
  if (value < 10) return value === 0 ? '零' : (digits[value] ?? figures);
  const tens = Math.floor(value / 10);
  const ones = value % 10;
  return `${tens === 1 ? '' : digits[tens]}十${ones === 0 ? '' : digits[ones]}`;
}

/** 念出数字 — `12组` → `十二组`, `2030年度` → `二〇三〇年度`. */
export function aloud(text: string): string {
  return text.replace(/\d+/g, numberAloud);
}

/** `2030-12-08` → `二〇三〇年十二月八日` */
export function dayAloud(day: string): string {
  const [year = '', month = '', date = ''] = day.split('-');
  return `${oneByOne(year, digits)}年${numberAloud(String(Number(month)))}月${numberAloud(String(Number(date)))}日`;
}

/** 念电话 — figure by figure, 1 as 幺, with a pause where a dash stands. */
export function phoneAloud(phone: string): string {
  return oneByOne(phone.replaceAll('-', '，'), phoneDigits);
}
