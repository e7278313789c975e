import { grades, type ItemList, type Scorecard, type SignalLimits } from '@credit/policy';
import { z } from 'zod';

const grade = z.enum(grades);
const text = z.string().min(1);
const seat = z.strictObject({ capacities: z.array(text).min(1), zh: text, least: z.int().min(0), most: z.int().positive().optional() });

export const termsShape = z.record(
  text,
  z.array(z.strictObject({ from: text, days: z.int().optional(), months: z.int().optional(), atLeast: z.boolean().optional(), roll: z.boolean().optional(), source: text })),
);

export const calendarShape = z.record(
  text,
  z.strictObject({ source: text, holidays: z.array(z.strictObject({ name: text, from: text, to: text })), workdays: z.array(text) }),
);

export const bodiesShape = z.strictObject({
  capacities: z.record(text, text),
  bodies: z.record(
    z.enum(['review-group', 'deliberation-group', 'village-supervision', 'town-supervision', 'reconsideration-panel']),
    z.strictObject({
      zh: text,
      seats: z.array(seat),
      excludedRoles: z.array(text).optional(),
      quorum: z.strictObject({ least: z.int().positive(), numerator: z.int().positive(), denominator: z.int().positive() }),
      source: text,
    }),
  ),
});

const points = z.number().transform((value) => Math.round(value * 100));
const banned = z.array(z.strictObject({ code: text, words: z.array(text).min(1) }));
const listItem = z
  .strictObject({
    code: text,
    area: text,
    polarity: z.enum(['positive', 'negative', 'veto']),
    points: points.optional(),
    zh: text,
    mayRepeat: z.boolean().default(false),
    evidence: z.enum(['word', 'fact', 'document']),
    sealedByLaw: z.boolean().optional(),
    legalBasis: text.nullable().optional(),
    source: text,
  })
  .transform(({ points: pointsHundredths, ...item }) => ({ ...item, ...(pointsHundredths === undefined ? {} : { pointsHundredths }) }));

export const itemListsShape = z
  .strictObject({
    banned,
    versions: z.array(
      z.strictObject({
        id: text,
        version: z.int().positive(),
        effectiveFrom: text,
        base: points,
        positivesCap: points,
        maximum: points,
        lookBackYears: z.int().positive(),
        source: text,
        areas: z.array(z.strictObject({ code: text, zh: text, positiveCap: points }).transform(({ positiveCap, ...area }) => ({ ...area, positiveCapHundredths: positiveCap }))),
        items: z.array(listItem),
      }),
    ),
  })
  .transform(({ banned: words, versions }) =>
    versions.map(({ base, positivesCap, maximum, ...version }): ItemList => ({
      ...version,
      items: version.items as ItemList['items'],
      baseHundredths: base,
      positivesCapHundredths: positivesCap,
      maximumHundredths: maximum,
      banned: words,
    })),
  );

const threshold = z.union([z.number(), text]).optional();
const pair = z.tuple([text, text]);
const condition = { state: text.optional(), is: text.optional(), atLeast: threshold, above: threshold, atMost: threshold, below: threshold, else: z.literal(true).optional() };
const band = z.strictObject({ ...condition, points: z.number(), zh: text.optional(), source: text });
const fact = z.strictObject({
  states: z.array(z.strictObject({ state: text, when: z.union([z.strictObject({ item: text, equals: text }), z.strictObject({ item: text, notPositive: z.literal(true) })]) })).optional(),
  item: text.optional(),
  ratio: pair.optional(),
  growth: pair.optional(),
  overMedian: text.optional(),
  countPositive: z.array(text).min(1).optional(),
});

export const scorecardShape = z
  .strictObject({
    id: text,
    kind: z.enum(['H', 'E', 'C', 'V']),
    version: z.int().positive(),
    effectiveFrom: text,
    profile: z.boolean().optional(),
    zh: text,
    source: text,
    weights: z.strictObject({ civility: z.int(), quantitative: z.int() }).optional(),
    vetoGradeCap: z.union([z.literal('none'), grade]).optional(),
    grades: z.array(z.strictObject({ grade, from: z.number(), source: text })).min(1),
    gates: z.array(z.strictObject({ id: text, zh: text, item: text, is: text, cap: grade, source: text })),
    requires: z.array(z.strictObject({ id: text, zh: text, fact, ...condition, source: text })).optional(),
    indicators: z.array(
      z.strictObject({
        id: text,
        zh: text,
        points: z.number().positive(),
        consent: z.array(z.enum(['economics', 'credit'])).optional(),
        fact,
        neutral: text.optional(),
        source: text,
        bands: z.array(band).min(1),
      }),
    ).min(1),
  })
  .transform((card) => card as Scorecard);

export const signalsShape = z
  .array(
    z
      .strictObject({ from: text, leastHouseholds: z.int(), scorerBias: points, identicalSheets: z.int(), mutualFavour: points, groupFar: points, source: text })
      .transform(({ scorerBias, identicalSheets, mutualFavour, groupFar, ...limits }): SignalLimits => ({
        ...limits,
        scorerBiasHundredths: scorerBias,
        identicalPercent: identicalSheets,
        mutualFavourHundredths: mutualFavour,
        groupFarHundredths: groupFar,
      })),
  )
  .min(1);

export const purposesShape = z
  .array(
    z.strictObject({
      from: z.iso.date(),
      purposes: z.record(z.string().regex(/^[a-z][a-z-]*$/, '用途代码只用小写字母和连字符'), z.strictObject({ zh: text, clients: z.array(z.enum(['bank', 'province'])).min(1), source: text })),
      source: text,
    }),
  )
  .min(1);
/** 授权用途 of a time */
export type PurposeVersion = z.output<typeof purposesShape>[number];

const itemShape = z.strictObject({
  zh: text,
  type: z.enum(['money', 'integer', 'decimal', 'boolean', 'enum', 'day', 'text']),
  unit: text.optional(),
  values: z.record(text, text).optional(),
  consent: z.enum(['none', 'economics', 'credit']),
  sensitivity: z.enum(['public', 'internal', 'personal', 'sensitive']),
  source: text,
});
/** 数据项 */
export type ItemRule = z.output<typeof itemShape>;

export const itemsShape = z.strictObject({
  household: z.record(text, itemShape),
  entity: z.record(text, itemShape),
  collective: z.record(text, itemShape),
  village: z.record(text, itemShape),
});
