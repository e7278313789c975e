import { z } from 'zod';
import { day, divisionCode, id } from '../shapes';
import { read } from './read';

/** 评议的内部读取 */
export const civilityReads = {
  /** 最终评议得分 per household of a village: final or why not yet, decided at this moment. */
  finalScores: read({
    owner: 'civility',
    name: 'final-scores',
    callers: ['rating'],
    ask: z.object({ villageCode: divisionCode }),
    row: z.object({
      householdId: id,
      roundId: id,
      hundredths: z.int(),
      vetoed: z.boolean(),
      version: z.int(),
      final: z.boolean(),
      /** window-open | objection-open | not-told | outcome-in-publication | not-published */
      notFinalReason: z.string().nullable(),
    }),
  }),
  /** 一户的评议得分 as published, and as it stands now: what an objection is about. */
  householdScore: read({
    owner: 'civility',
    name: 'household-score',
    callers: ['appeals'],
    ask: z.object({ roundId: id, householdId: id }),
    row: z.object({
      roundId: id,
      villageCode: divisionCode,
      householdId: id,
      firstHundredths: z.int(),
      setHundredths: z.int(),
      vetoed: z.boolean(),
      version: z.int(),
      listVersionId: id,
    }),
  }),
  /** 复议人选 — members of the village's deliberation group, each with whether they must withdraw for this household. */
  deliberators: read({
    owner: 'civility',
    name: 'deliberators',
    callers: ['appeals'],
    ask: z.object({ roundId: id, householdId: id }),
    row: z.object({ memberId: id, accountId: id.nullable(), capacity: z.string(), householdId: id.nullable(), mustWithdraw: z.boolean(), reason: z.string().nullable(), /** 原评议人员 — gave the household its first marks in the review group: explains, does not decide. */ scored: z.boolean().optional() }),
  }),
  /** 程序合规的评议小组 per village, for V07. */
  processQuality: read({
    owner: 'civility',
    name: 'process-quality',
    callers: ['rating'],
    ask: z.object({ villageCode: divisionCode }),
    row: z.object({ groupCode: divisionCode, quorate: z.boolean(), openFindings: z.int(), filedOn: day.nullable() }),
  }),
} as const;
