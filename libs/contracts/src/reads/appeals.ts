import { z } from 'zod';
import { day, id, serviceName } from '../shapes';
import { read } from './read';

/** 异议复议的内部读取 */
export const appealsReads = {
  /** 未办结的异议 against results of one owner; asked at the moment of deciding finality or certification. */
  openObjections: read({
    owner: 'appeals',
    name: 'open-objections',
    callers: ['civility', 'rating', 'exchange'],
    ask: z.object({ owner: serviceName, subjectIds: z.array(id).max(5000) }),
    row: z.object({ objectionId: id, subjectId: id, publicationId: id, state: z.string(), receivedOn: day, answerDueOn: day }),
  }),
  /**
   * 已改变结果的答复 — every answer that changed a result of one owner, in the order in which they were decided. A result is not decided on while one of these is not in it yet, so
   * that nothing depends on the message about it having come.
   */
  changedAnswers: read({
    owner: 'appeals',
    name: 'changed-answers',
    callers: ['civility', 'rating'],
    ask: z.object({ owner: serviceName, subjectIds: z.array(id).max(5000) }),
    row: z.object({ objectionId: id, subjectId: id, key: z.string() }),
  }),
  /** 复议答复 — what the owner of the score applies. */
  answer: read({
    owner: 'appeals',
    name: 'answer',
    callers: ['civility', 'rating'],
    ask: z.object({ objectionId: id }),
    row: z.object({
      objectionId: id,
      subjectId: id,
      publicationId: id,
      /** The owner's key of the publication objected to, such as the round id. */
      key: z.string(),
      outcome: z.enum(['score-kept', 'score-changed']),
      /** 改正后的评议得分 in hundredths; for a rating-list objection null, the rating is computed again. */
      changedHundredths: z.int().nullable(),
      vetoLifted: z.boolean(),
      answeredOn: day,
    }),
  }),
} as const;
