import { z } from 'zod';
import { day, divisionCode, id, subjectKind } from '../shapes';
import { read } from './read';

/** 档案的内部读取 */
export const archivesReads = {
  /** 行政区划与村民小组 under a code, the code itself included. Names of places are public. */
  divisions: read({
    owner: 'archives',
    name: 'divisions',
    callers: ['civility', 'publicity', 'appeals', 'rating', 'exchange', 'identity'],
    ask: z.object({ under: divisionCode }),
    row: z.object({ code: divisionCode, name: z.string(), level: z.enum(['county', 'town', 'village', 'group']), parentCode: divisionCode.nullable() }),
  }),
  /** 农户名册 of a village or group: ids and numbers, no names. */
  households: read({
    owner: 'archives',
    name: 'households',
    callers: ['civility', 'publicity', 'appeals', 'rating'],
    ask: z.object({ under: divisionCode }),
    row: z.object({ householdId: id, householdNo: z.string(), groupCode: divisionCode, adults: z.int().nonnegative(), filed: z.boolean() }),
  }),
  /** 脱敏名称 for notices (张*明) and the group to hang it in; an entity's or collective's registered name is not masked. */
  labels: read({
    owner: 'archives',
    name: 'labels',
    callers: ['civility', 'publicity', 'appeals', 'rating', 'exchange'],
    ask: z.object({ subjectIds: z.array(id).max(5000) }),
    row: z.object({
      subjectId: id,
      subjectKind,
      label: z.string(),
      subjectNo: z.string(),
      divisionCode,
      /** 同意公示 — without it the subject appears by its number. */
      mayPublishName: z.boolean(),
    }),
  }),
  /** 已校核的评级数据 — items of every subject of a village, with the consents of each adult concerned and where the file stands. */
  ratingFiles: read({
    owner: 'archives',
    name: 'rating-files',
    callers: ['rating'],
    ask: z.object({ villageCode: divisionCode }),
    row: z.object({
      subjectId: id,
      subjectKind,
      subjectNo: z.string(),
      groupCode: divisionCode,
      fileId: id,
      fileVersion: z.int(),
      fileState: z.string(),
      verifiedOn: day.nullable(),
      /** item name → value as text, exactly as verified; absent = not known. */
      items: z.record(z.string(), z.string()),
      consent: z.object({ economics: z.boolean(), credit: z.boolean() }),
      eligible: z.boolean(),
      /** For shares in a trial of a scorecard; they judge nobody. */
      facets: z.object({ headAdultFrom: day.nullable(), size: z.int() }).optional(),
    }),
  }),
  /** 上报状态 of every file under a code: what may be with the province now. No values. 三(五) */
  uploadStates: read({
    owner: 'archives',
    name: 'upload-states',
    callers: ['exchange'],
    ask: z.object({ under: divisionCode }),
    row: z.object({
      fileId: id,
      subjectId: id,
      groupCode: divisionCode,
      version: z.int(),
      /** verified 已校核 | pending 更正后待校核 (what left before stays) | withdrawn 退回或不纳入 | erased 已删除 */
      state: z.enum(['verified', 'pending', 'withdrawn', 'erased']),
      consent: z.object({ economics: z.boolean(), credit: z.boolean() }),
    }),
  }),
  /** 可上报的档案 — the verified ones among these, as they stand; any other is left out. 三(五) */
  uploadFiles: read({
    owner: 'archives',
    name: 'upload-files',
    callers: ['exchange'],
    ask: z.object({ fileIds: z.array(id).max(1000) }),
    row: z.object({
      fileId: id,
      subjectKind,
      subjectNo: z.string(),
      groupCode: divisionCode,
      version: z.int(),
      verifiedOn: day,
      /** item name → value as text, exactly as verified; those without the consents they need are left out. */
      items: z.record(z.string(), z.string()),
      consent: z.object({ economics: z.boolean(), credit: z.boolean() }),
    }),
  }),
  /** 建档率的分子分母 per village and kind: for V01 and the prerequisites of a village. */
  coverage: read({
    owner: 'archives',
    name: 'coverage',
    callers: ['rating'],
    ask: z.object({ under: divisionCode }),
    row: z.object({ villageCode: divisionCode, subjectKind, registered: z.int(), excluded: z.int(), verified: z.int() }),
  }),
  /** 成年成员 of a household: whose consent is needed. Ids only. */
  adults: read({
    owner: 'archives',
    name: 'adults',
    callers: ['exchange', 'identity', 'appeals'],
    ask: z.object({ householdId: id }),
    row: z.object({ memberId: id }),
  }),
  /** 按证件找主体 — the subject to whom a number given by the caller belongs; nothing when there is none. */
  resolveSubject: read({
    owner: 'archives',
    name: 'resolve-subject',
    callers: ['exchange', 'appeals', 'identity'],
    ask: z.object({ residentId: z.string().optional(), creditCode: z.string().optional(), subjectNo: z.string().optional() }),
    row: z.object({ subjectId: id, subjectKind, divisionCode, memberId: id.nullable() }),
  }),
  /** 核对证件后四位 of an adult member: for sign-in with the slip. */
  memberByTail: read({
    owner: 'archives',
    name: 'member-by-tail',
    callers: ['identity'],
    ask: z.object({ householdId: id, tail: z.string().length(4) }),
    row: z.object({ memberId: id, divisionCode }),
  }),
} as const;
