import { queryTokens, tokensOf } from './tokens';

const home = tokensOf({ householdNo: 'H341525109204010001', names: ['张晓明', '单秀英'], phones: ['15400004321'] });
const finds = (typed: string): boolean => queryTokens(typed)?.every((group) => group.some((token) => home.has(token))) ?? false;

describe('农户检索词', () => {
  it.each(['张', '晓明', '张晓明', 'zhang', 'zhangxiaoming', 'xiaoming', 'zxm', 'zx', '4321', '0001', 'h341525109204010001', '张晓 4321', 'ZHANG'])('finds by %s', (typed) => expect(finds(typed)).toBe(true));
  it.each(['李', '晓张', 'xiaozhang', 'xm9', '1234', '张晓明 9999'])('does not find by %s', (typed) => expect(finds(typed)).toBe(false));
  it('reads a surname as surnames are read', () => expect([finds('shanxiuying'), finds('danxiuying')]).toEqual([true, false]));
  it.each(['', '  ', 'z', '12345', "'; DROP", '%', '张a'])('refuses to search for “%s”', (typed) => expect(queryTokens(typed)).toBeNull());
});
