import type { Mark, PlainDate } from '@credit/policy';
import { z } from 'zod';

const text = (most: number) => z.string().trim().min(1).max(most).nullish();
const day = z.iso.date('日期须形如 2022-12-01').transform((value) => value as PlainDate).nullish();

/** 一条评议标记 as typed. */
export const markShape = z
  .object({
    itemCode: z.string().min(1),
    pointsHundredths: z.int().nullish(),
    word: text(300),
    factText: text(1000),
    factOn: day,
    documentNo: text(100),
    documentOn: day,
  })
  .transform((mark): Mark => Object.fromEntries(Object.entries(mark).filter(([, value]) => value !== null && value !== undefined)) as unknown as Mark);

export type MarkInput = z.input<typeof markShape>;
