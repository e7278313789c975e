/** 相似之处 — why two people may be one. */
export const likenessKinds = ['name-address', 'name-birth', 'phone'] as const;
export type LikenessKind = (typeof likenessKinds)[number];

export const likenessNames: Readonly<Record<LikenessKind, string>> = {
  'name-address': '姓名和住址相同',
  'name-birth': '姓名和出生日期相同',
  phone: '两户登记了同一电话',
};

export interface Likened {
  readonly name: string;
  readonly residentId: string;
  readonly phone: string | null;
  readonly address: string | null;
}

const birthAt = [6, 14] as const;
const plain = (text: string): string => text.normalize('NFKC').replace(/\s+/g, '');

/** What of a person is compared; spaces and full-width forms make no difference. Personal data: to be hashed at once. */
export function likenessOf({ name, residentId, phone, address }: Likened): Map<LikenessKind, string> {
  const texts = new Map<LikenessKind, string>([['name-birth', `${plain(name)}\n${residentId.slice(...birthAt)}`]]);
  if (address !== null && plain(address) !== '') texts.set('name-address', `${plain(name)}\n${plain(address)}`);
  if (phone !== null) texts.set('phone', plain(phone));
  return texts;
}
