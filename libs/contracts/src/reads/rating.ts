import { z } from 'zod';
import { day, id, subjectKind } from '../shapes';
import { read } from './read';

/** 评级的内部读取 */
export const ratingReads = {
  /** 现行评定结果 of the subjects asked; validity is computed at this moment, whatever timers did. */
  currentRatings: read({
    owner: 'rating',
    name: 'current-ratings',
    callers: ['exchange'],
    ask: z.object({ subjectIds: z.array(id).max(5000) }),
    row: z.object({
      ratingId: id,
      subjectId: id,
      subjectKind,
      grade: z.string(),
      creditSubject: z.boolean(),
      certifiedOn: day,
      lastDay: day,
      status: z.enum(['valid', 'expired', 'revoked']),
      disputed: z.boolean(),
      scorecardId: z.string(),
      scorecardVersion: z.int(),
    }),
  }),
} as const;
