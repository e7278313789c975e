import { archivesReads, Problem, publicityReads, type RowOf } from '@credit/contracts';
import { type Actor, InternalClient, newId, UnitOfWork, Vault } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { CaseDesk } from '../reconsiderations/case-desk';
import { admissionOf, type WindowRefusal } from './admission';
import { ObjectionStore } from './objection.store';

type Publication = RowOf<typeof publicityReads.publication>;

export const grounds = ['own-score', 'others-result', 'rating-list', 'procedure'] as const;
export const channels = ['oral', 'telephone', 'paper', 'online'] as const;
const readBackChannels: readonly string[] = ['oral', 'telephone'];
const groundsOf = { civility: ['own-score', 'others-result', 'procedure'], rating: ['rating-list', 'others-result', 'procedure'] } as const;

const filing = z
  .object({
    publicationId: z.uuid(),
    subjectId: z.uuid(),
    applicantId: z.uuid(),
    applicantMemberId: z.uuid().nullish(),
    ground: z.enum(grounds),
    channel: z.enum(channels),
    text: z.string().trim().min(2, '请写明异议内容').max(4000, '异议内容请控制在 4000 字以内'),
    readBack: z.boolean().nullish(),
    scanSha256: z.string().regex(/^[0-9a-f]{64}$/, '扫描件摘要须为 64 位十六进制').nullish(),
  })
  .refine((input) => !readBackChannels.includes(input.channel) || input.readBack === true, { path: ['readBack'], message: '口头或电话提出的，须向申请人复述并确认后登记' })
  .refine((input) => input.ground !== 'own-score' || input.applicantId === input.subjectId, { path: ['subjectId'], message: '对本户评分的异议，对象须为申请人本户' });

export type FilingInput = z.input<typeof filing> & { readonly requestId: string };

/** A receipt: the days are what the sentence for the applicant is made of. */
export type FilingReceipt = Readonly<{
  objectionId: string;
  receiptNo: string;
  state: 'admitted' | 'refused';
  refusal: WindowRefusal | null;
  receivedOn: string;
  windowLastDay: string | null;
  answerDueOn: string | null;
}>;

/**
 * 提出异议 — the moment of receipt is the database's at the start of the work, before any wait. Out of the window it is
 * refused with the dates and kept as a correction request; it fails closed when the publication cannot be read. 三(三)3
 */
@Injectable()
export class FileObjection {
  constructor(
    private readonly work: UnitOfWork,
    private readonly peers: InternalClient,
    private readonly vault: Vault,
    private readonly desk: CaseDesk,
  ) {}

  execute(actor: Actor, request: FilingInput): Promise<FilingReceipt> {
    const { requestId, ...body } = request;
    return this.work.once({ actor, operation: 'objection.file', requestId, body }, async (tx) => {
      const input = filing.parse(body);
      const publication = await this.peers.one(publicityReads.publication, { publicationId: input.publicationId });
      if (!publication) throw new Problem('not-found', { publicationId: input.publicationId });
      const owner = objectableOwner(publication);
      if (!groundsOf[owner].some((ground) => ground === input.ground)) {
        throw new Problem('input.invalid', {}, [{ path: 'ground', message: `这次公示可选的异议理由为：${groundsOf[owner].join('、')}` }]);
      }
      await this.requireApplicant(actor, input, publication);
      const groupCode = await this.groupOf(input.subjectId, publication);

      const admission = admissionOf(publication, tx.today);
      const id = newId();
      const objections = new ObjectionStore(tx);
      const seal = await this.vault.sealFor(tx, input.subjectId);
      const row = {
        id,
        receiptNo: await objections.nextReceiptNo(publication.divisionCode, tx.today),
        publicationId: publication.publicationId,
        publicationVersion: publication.version,
        publicationKind: publication.kind,
        owner,
        ownerKey: publication.key,
        divisionCode: publication.divisionCode,
        groupCode,
        subjectId: input.subjectId,
        applicantId: input.applicantId,
        applicantMemberId: actor.villager?.memberId ?? input.applicantMemberId ?? null,
        ground: input.ground,
        channel: input.channel,
        statement: seal.seal(input.text, ['objection', id, 'statement']),
        scanSha256: input.scanSha256 ?? null,
        filedBy: actor.principal,
        receivedAt: tx.now,
        receivedOn: tx.today,
        windowLastDay: admission.windowLastDay,
      };
      const opened = admission.refusal === null ? await this.desk.admit(tx, row) : null;
      await objections.insert({
        ...row,
        reconsiderationId: opened?.id ?? null,
        state: opened ? 'admitted' : 'refused',
        refusal: admission.refusal,
        refusedOn: admission.refusal === null ? null : tx.today,
        admittedOn: opened ? tx.today : null,
      });
      await tx.audit.record(opened ? 'objection.admitted' : 'objection.refused', id, {
        publicationId: publication.publicationId,
        publicationVersion: publication.version,
        ground: input.ground,
        channel: input.channel,
        refusal: admission.refusal,
        windowLastDay: admission.windowLastDay,
      });
      return {
        objectionId: id,
        receiptNo: row.receiptNo,
        state: opened ? 'admitted' : 'refused',
        refusal: admission.refusal,
        receivedOn: tx.today,
        windowLastDay: admission.windowLastDay,
        answerDueOn: opened?.answerDueOn ?? null,
      };
    });
  }

  private async requireApplicant(actor: Actor, input: z.output<typeof filing>, publication: Publication): Promise<void> {
    if (actor.villager) {
      if (actor.villager.householdId !== input.applicantId) throw new Problem('objection.not-own', { applicantId: input.applicantId });
      if (input.channel !== 'online') throw new Problem('input.invalid', {}, [{ path: 'channel', message: '本人在线提出的，方式须为 online' }]);
    } else {
      actor.require('objection.file', publication.divisionCode);
    }
    const known = await this.peers.one(archivesReads.labels, { subjectIds: [input.applicantId] });
    if (!known) throw new Problem('input.invalid', {}, [{ path: 'applicantId', message: '没有找到申请人的档案，请核对申请人编号' }]);
  }

  /** Those whom a rating list leaves out have the same right as those on it. */
  private async groupOf(subjectId: string, publication: Publication): Promise<string> {
    const published = await this.peers.all(publicityReads.publishedSubjects, { publicationId: publication.publicationId });
    const listed = published.find((subject) => subject.subjectId === subjectId);
    if (listed) return listed.groupCode;
    const label = publication.kind === 'publication.rating' ? await this.peers.one(archivesReads.labels, { subjectIds: [subjectId] }) : undefined;
    if (!label?.divisionCode.startsWith(publication.divisionCode)) throw new Problem('objection.unknown-subject', { subjectId, publicationId: publication.publicationId });
    return label.divisionCode;
  }
}

const objectableKinds: readonly Publication['kind'][] = ['publication.result', 'publication.rating', 'publication.village'];

function objectableOwner(publication: Publication): 'civility' | 'rating' {
  const { owner, kind } = publication;
  if ((owner !== 'civility' && owner !== 'rating') || !objectableKinds.includes(kind)) throw new Problem('objection.not-objectable', { kind });
  return owner;
}
