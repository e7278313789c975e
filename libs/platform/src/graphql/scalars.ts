import { isPlainDate, type PlainDate, plainDate } from '@credit/policy';
import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';

function parsed<T>(name: string, parse: (text: string) => T): Pick<GraphQLScalarType<T, string>, 'parseValue' | 'parseLiteral'> {
  const read = (value: unknown): T => {
    if (typeof value !== 'string') throw new GraphQLError(`${name} 须为文本`);
    return parse(value);
  };
  return { parseValue: read, parseLiteral: (node) => read(node.kind === Kind.STRING ? node.value : undefined) };
}

/** 日期 YYYY-MM-DD, a day in Shanghai. */
export const Day = new GraphQLScalarType<PlainDate, string>({
  name: 'Day',
  description: '日期，形如 2022-12-01（北京时间的自然日）',
  serialize: String,
  ...parsed('Day', (text) => {
    if (!isPlainDate(text)) throw new GraphQLError('日期须形如 2022-12-01，且为真实日期');
    return plainDate(text);
  }),
});

/** 时刻 ISO 8601. */
export const Instant = new GraphQLScalarType<Date, string>({
  name: 'Instant',
  description: '时刻，ISO 8601',
  serialize: (value) => (value instanceof Date ? value.toISOString() : String(value)),
  ...parsed('Instant', (text) => {
    const date = new Date(text);
    if (Number.isNaN(date.getTime())) throw new GraphQLError('时刻须为 ISO 8601 格式');
    return date;
  }),
});

/** 分数: hundredths inside, text with two places outside. */
export const Score = new GraphQLScalarType<number, string>({
  name: 'Score',
  description: '分数，两位小数的文本，如 "90.45"',
  serialize: (value) => scoreText(Number(value)),
  ...parsed('Score', (text) => {
    const match = /^(-?)(\d{1,4})(?:\.(\d{1,2}))?$/.exec(text);
    if (!match) throw new GraphQLError('分数须为至多两位小数的数字，如 90.45');
    const hundredths = Number(match[2]) * 100 + Number((match[3] ?? '').padEnd(2, '0'));
    return match[1] ? -hundredths : hundredths;
  }),
});

/** `9045` → `90.45` */
export function scoreText(hundredths: number): string {
  const sign = hundredths < 0 ? '-' : '';
  const whole = Math.abs(hundredths);
  return `${sign}${Math.floor(whole / 100)}.${String(whole % 100).padStart(2, '0')}`;
}

export const scalars = [Day, Instant, Score];
