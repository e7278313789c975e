import { addDays, plainDate, type PlainDate, residentIdCheckCharacter } from '@credit/policy';
import type { Random } from './random';

export interface Person {
  readonly name: string;
  readonly residentId: string;
  readonly phone: string | null;
  /** Relation to the head of the household (与户主关系). */
  readonly relation: string;
  readonly birthOn: PlainDate;
}

const surnames = ['张', '王', '李', '刘', '陈', '杨', '程', '项', '汪', '储', '余', '叶', '何', '郑', '朱', '方', '俞', '吴', '徐', '胡', '欧阳', '沈', '江', '金', '章'];
const maleGiven = ['国', '建', '志', '明', '德', '文', '永', '正', '家', '光', '启', '绍', '庆', '世', '宗', '立', '大', '学', '传', '先'];
const maleLast = ['华', '军', '平', '林', '生', '海', '山', '根', '发', '兵', '龙', '飞', '强', '涛', '宝', '福', '成', '来', '友', '全'];
const femaleGiven = ['秀', '桂', '玉', '翠', '月', '春', '金', '素', '小', '美', '红', '兰', '凤', '荣', '彩', '先', '贤', '雪', '晓', '文'];
const femaleLast = ['英', '兰', '芳', '珍', '梅', '霞', '琴', '云', '华', '莲', '香', '萍', '娟', '燕', '红', '静', '敏', '玲', '芝', '莉'];

/** Region 999999 belongs to nobody; numbers with it are valid only in a sandbox. */
const syntheticRegion = '999999';

export class People {
  private sequence = 0;
  private phones = 0;
  /** Villages have their families: a few surnames make up most of a village. */
  readonly villageSurnames: readonly string[];

  constructor(private readonly random: Random) {
    const start = random.whole(0, surnames.length - 1);
    this.villageSurnames = [0, 1, 2, 3, 4].map((step) => surnames[(start + step * 3) % surnames.length]!);
  }

  familyName(): string {
    return this.random.chance(0.7) ? this.random.pick(this.villageSurnames) : this.random.pick(surnames);
  }

  person(relation: string, gender: 'male' | 'female', bornFrom: number, bornTo: number, surname: string, generation?: string): Person {
    const year = this.random.whole(bornFrom, bornTo);
    const birthOn = addDays(plainDate(`${year}-01-01`), this.random.whole(0, 364));
    const given = generation ?? this.random.pick(gender === 'male' ? maleGiven : femaleGiven);
    const last = this.random.pick(gender === 'male' ? maleLast : femaleLast);
    const short = this.random.chance(0.15);
    return {
      name: surname + (short ? last : given + last),
      residentId: this.residentId(birthOn, gender),
      phone: relation === '户主' || this.random.chance(0.4) ? this.phone() : null,
      relation,
      birthOn,
    };
  }

  /** The character that brothers share in their names. */
  generation(): string {
    return this.random.pick(maleGiven);
  }

  private residentId(birthOn: PlainDate, gender: 'male' | 'female'): string {
    this.sequence += 1;
    const order = (this.sequence * 2 + (gender === 'male' ? 1 : 0)) % 1000;
    const first17 = `${syntheticRegion}${birthOn.replaceAll('-', '')}${String(order).padStart(3, '0')}`;
    return first17 + residentIdCheckCharacter(first17);
  }

  private phone(): string {
    this.phones += 1;
    return `154${String(this.phones).padStart(8, '0')}`;
  }
}
