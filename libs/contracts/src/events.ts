import { z } from 'zod';
import { code, day, divisionCode, id, key, publicationKind, serviceName, subjectKind } from './shapes';
import type { Service } from './services';

const publication = {
  publicationId: id,
  kind: publicationKind,
  owner: serviceName,
  key,
  divisionCode,
  version: z.int().positive(),
};

/**
 * 消息目录 — everything services tell each other. A message carries ids, days and codes, never a name, an ID number, a
 * phone or an amount; whoever hears it reads the present state from the owner.
 */
export const events = {
  /** 任职变更 — a post was given, changed or ended. */
  'post.changed': z.object({
    postId: id,
    accountId: id,
    role: code,
    divisionCode,
    organisation: code.nullable(),
    fromOn: day,
    toOn: day.nullable(),
    version: z.int().positive(),
  }),
  /** 依法删除 — these ids of a household and its members have no personal data any more: every service destroys what it sealed under them. */
  'subject.erased': z.object({ erasureId: id, householdId: id, subjectIds: z.array(id).min(1), erasedOn: day }),
  /** 申请公示 — the owner of a case has something that must hang on the board. */
  'publication.requested': z.object({ kind: publicationKind, owner: serviceName, key, divisionCode }),
  /** 公示张贴 — its last place was posted: the window runs. */
  'publication.posted': z.object({ ...publication, postedOn: day, lastDay: day }),
  /** 公示顺延 — found missing, the missed days were added. */
  'publication.extended': z.object({ ...publication, postedOn: day, lastDay: day }),
  /** 公示撤回 — wrong content or an empty party board; it starts again from day one as another publication. */
  'publication.withdrawn': z.object({ ...publication, replacedById: id.nullable() }),
  /** 公示期满 — its consequences ran; whether it is over is always computed from the last day. */
  'publication.closed': z.object({ ...publication, postedOn: day, lastDay: day }),
  /** 期限设定 — an alarm for the owner's stored last day. */
  'deadline.set': z.object({ owner: serviceName, kind: code, key, version: z.int().positive(), lastDay: day }),
  'deadline.cleared': z.object({ owner: serviceName, kind: code, key }),
  /** 期限已过 — one ring per owner, kind and day; the owner works through its own due rows. */
  'deadline.passed': z.object({ owner: serviceName, kind: code, lastDay: day }),
  /** 申请告知 — tell a household or the holders of a role, by template. */
  'notification.requested': z.object({
    owner: serviceName,
    template: code,
    key,
    divisionCode,
    subjectId: id.nullable(),
    role: code.nullable(),
    publicationId: id.nullable(),
  }),
  /** 告知完成 — a household was told, or recorded as not deliverable with reason and witness. */
  'notification.settled': z.object({
    owner: serviceName,
    notificationId: id,
    publicationId: id.nullable(),
    subjectId: id,
    outcome: z.enum(['told', 'not-deliverable']),
    settledOn: day,
    /** What was told of: the template and the key under which it was asked for. */
    template: code.optional(),
    key: key.optional(),
  }),
  /** 收到异议 — `owner` is the service whose result is objected to. */
  'objection.received': z.object({ owner: serviceName, objectionId: id, publicationId: id, subjectId: id, receivedOn: day, answerDueOn: day }),
  /** 异议终止 — refused as inadmissible or withdrawn by the applicant. */
  'objection.ended': z.object({ owner: serviceName, objectionId: id, subjectId: id }),
  /** 复议答复 */
  'reconsideration.answered': z.object({ owner: serviceName, objectionId: id, subjectId: id, outcome: z.enum(['score-kept', 'score-changed']) }),
  /** 移送更正 — an error in a file, or an objection that came too late: the archives look into it and answer. */
  'correction.requested': z.object({ objectionId: id, subjectId: id, divisionCode, ground: code, requestedOn: day }),
  /** 更正终止 — the late objection was admitted after all and is answered as one; names its request again, for whoever hears this first. */
  'correction.ended': z.object({ objectionId: id, subjectId: id, divisionCode, ground: code, requestedOn: day, endedOn: day }),
  /** 更正答复 — `owner` is the service that asked. */
  'correction.answered': z.object({ owner: serviceName, objectionId: id, subjectId: id, outcome: z.enum(['corrected', 'file-right', 'passed-on']), answeredOn: day }),
  /** 评议得分生效 */
  'civility-score.became-final': z.object({ roundId: id, householdId: id }),
  /** 档案校核通过 / 档案变更 */
  'file.verified': z.object({ fileId: id, subjectKind, subjectId: id, divisionCode, version: z.int().positive() }),
  'file.changed': z.object({ fileId: id, subjectKind, subjectId: id, divisionCode, version: z.int().positive() }),
  /** 评级作业 — one village of a run is due; rating hears itself. */
  'run.village-due': z.object({ runId: id, villageCode: divisionCode }),
  /** 逐村试算 — one village of a trial of a scorecard is to be computed. */
  'simulation.village-due': z.object({ simulationId: id, villageCode: divisionCode }),
  /** 省平台批次 — a batch for the provincial platform is to be offered, or its receipt fetched; exchange hears itself. 三(五) */
  'province.batch-due': z.object({ batchId: id }),
  'province.chunk-due': z.object({ batchId: id, chunk: z.int().positive() }),
  /** 评定 */
  'rating.certified': z.object({ ratingId: id, subjectKind, subjectId: id, certifiedOn: day, lastDay: day }),
} as const;

export type EventName = keyof typeof events;
export type EventData<N extends EventName> = z.infer<(typeof events)[N]>;

/** Who may hear what. An event with an `owner` in its data goes to that owner only, as far as it is listed here. */
export const hearers = {
  'post.changed': ['identity', 'archives', 'civility', 'publicity', 'appeals', 'rating', 'exchange'],
  'subject.erased': ['identity', 'archives', 'civility', 'publicity', 'appeals', 'rating', 'exchange'],
  'publication.requested': ['publicity'],
  'publication.posted': ['civility', 'rating', 'appeals'],
  'publication.extended': ['civility', 'rating', 'appeals'],
  'publication.withdrawn': ['civility', 'rating', 'appeals'],
  'publication.closed': ['civility', 'rating', 'appeals'],
  'deadline.set': ['publicity'],
  'deadline.cleared': ['publicity'],
  'deadline.passed': ['civility', 'publicity', 'appeals', 'rating'],
  'notification.requested': ['publicity'],
  'notification.settled': ['civility', 'rating', 'appeals'],
  'objection.received': ['civility', 'rating'],
  'objection.ended': ['civility', 'rating'],
  'reconsideration.answered': ['civility', 'rating'],
  'correction.requested': ['archives'],
  'correction.ended': ['archives'],
  'correction.answered': ['appeals'],
  'civility-score.became-final': ['rating'],
  'file.verified': ['rating'],
  'file.changed': ['rating'],
  'run.village-due': ['rating'],
  'simulation.village-due': ['rating'],
  'province.batch-due': ['exchange'],
  'province.chunk-due': ['exchange'],
  'rating.certified': ['exchange'],
} as const satisfies Record<EventName, readonly Service[]>;

/** Events whose data name the one service concerned; all their other possible hearers are left alone. */
const ownerRouted: ReadonlySet<EventName> = new Set<EventName>([
  'publication.posted',
  'publication.extended',
  'publication.withdrawn',
  'publication.closed',
  'deadline.passed',
  'notification.settled',
  'objection.received',
  'objection.ended',
  'reconsideration.answered',
  'correction.answered',
]);

/** The services this very message is delivered to. */
export function hearersOf<N extends EventName>(name: N, data: EventData<N>): readonly Service[] {
  const all: readonly Service[] = hearers[name];
  if (!ownerRouted.has(name) || !('owner' in data)) return all;
  return all.filter((service) => service === data.owner);
}

/** The envelope a queue carries. `version` is the schema's, so that a hearer can read the version before. */
export interface Message<N extends EventName = EventName> {
  readonly id: string;
  readonly name: N;
  readonly version: 1;
  readonly at: string;
  readonly actorId: string | null;
  readonly causeId: string | null;
  /** The request that began it all, and the W3C `traceparent` of the span that sent this: for logs and traces, nothing decides by them. */
  readonly requestId?: string;
  readonly trace?: string;
  readonly data: EventData<N>;
}
