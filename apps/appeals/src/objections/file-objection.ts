import { archivesReads, Problem, type PublicationKind, publicityReads, type RowOf } from '@credit/contracts';
import { type Actor, InternalClient, newId, type Tx, UnitOfWork, Vault } from '@credit/platform';
import type { WindowRefusal } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { CaseDesk } from '../reconsiderations/case-desk';
import { type Admission, admissionOf } from './admission';
import { ObjectionStore } from './objection.store';
import { receive, type Received, receivedFields } from './receiving';

type Publication = RowOf<typeof publicityReads.publication>;

const grounds = ['own-score', 'others-result', 'rating-list', 'village-list', 'procedure'] as const;
type Ground = (typeof grounds)[number];

/** 异议事项 that a publication of each kind may be objected to for; the others are not open to objections. */
const groundsOf: Readonly<Partial<Record<PublicationKind, readonly Ground[]>>> = {
  'publication.result': ['own-score', 'others-result', 'procedure'],
  'publication.rating': ['rating-list', 'others-result', 'procedure'],
  'publication.village': ['village-list', 'procedure'],
};

const filing = z
  .object({ ...receivedFields, publicationId: z.uuid(), subjectId: z.uuid(), applicantId: z.uuid(), ground: z.enum(grounds) })
  .refine((input) => input.ground !== 'own-score' || input.applicantId === input.subjectId, { path: ['subjectId'], message: '对本户评分的异议，对象须为申请人本户' });

type Filing = z.output<typeof filing>;
export type FilingInput = z.input<typeof filing> & { readonly requestId: string };

/** A receipt: the days are what the sentence for the applicant is made of. */
export type FilingReceipt = Readonly<{
  objectionId: string;
  receiptNo: string;
  state: 'admitted' | 'refused' | 'referred';
  refusal: WindowRefusal | null;
  receivedOn: string;
  windowLastDay: string | null;
  answerDueOn: string | null;
}>;

/**
 * 提出异议 — the moment of receipt is the database's at the start of the work, before any wait. Out of the window it is refused
 * with the dates; what came too late is kept as a correction request. It fails closed when the publication cannot be read. 三(三)3
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
      const owner = objectableOwner(publication, input.ground);
      await this.requireApplicant(actor, input, publication);
      const received = receive(tx, actor, input);
      requireAfterPosting(received, publication);
      const groupCode = await this.groupOf(input.subjectId, publication);

      const admission = admissionOf(publication, received.receivedOn);
      const id = newId();
      const objections = new ObjectionStore(tx);
      const seal = await this.vault.sealFor(tx, input.subjectId);
      const row = {
        ...received,
        id,
        receiptNo: await objections.nextNumber('YY', publication.divisionCode),
        publicationId: publication.publicationId,
        publicationVersion: publication.version,
        publicationKind: publication.kind,
        owner,
        ownerKey: publication.key,
        divisionCode: publication.divisionCode,
        groupCode,
        subjectId: input.subjectId,
        applicantId: input.applicantId,
        ground: input.ground,
        statement: seal.seal(input.text, ['objection', id, 'statement']),
        windowLastDay: admission.windowLastDay,
      };
      const opened = admission.refusal === null ? await this.desk.admit(tx, row, row.receivedOn) : null;
      // A village is no subject of the archives: what comes too late about it has no file to correct.
      const isForArchives = admission.refusal === 'late' && publication.kind !== 'publication.village';
      await objections.insert({
        ...row,
        reconsiderationId: opened?.id ?? null,
        state: opened ? 'admitted' : 'refused',
        refusal: admission.refusal,
        refusedOn: admission.refusal === null ? null : tx.today,
        admittedOn: opened ? tx.today : null,
        correctionRequestedOn: isForArchives ? tx.today : null,
      });
      if (isForArchives) await tx.outbox.append('correction.requested', { objectionId: id, subjectId: row.subjectId, divisionCode: groupCode, ground: row.ground, requestedOn: tx.today });
      await recordReceipt(tx, id, received, { publicationId: row.publicationId, publicationVersion: row.publicationVersion, ground: row.ground, ...admission });
      return {
        objectionId: id,
        receiptNo: row.receiptNo,
        state: opened ? 'admitted' : 'refused',
        refusal: admission.refusal,
        receivedOn: row.receivedOn,
        windowLastDay: admission.windowLastDay,
        answerDueOn: opened?.answerDueOn ?? null,
      };
    });
  }

  private async requireApplicant(actor: Actor, input: Filing, publication: Publication): Promise<void> {
    if (!actor.villager) actor.require('objection.file', publication.divisionCode);
    else if (actor.villager.householdId !== input.applicantId) throw new Problem('objection.not-own', { applicantId: input.applicantId });
    const known = await this.peers.one(archivesReads.labels, { subjectIds: [input.applicantId] });
    if (!known) throw new Problem('input.invalid', {}, [{ path: 'applicantId', message: '没有找到申请人的档案，请核对申请人编号' }]);
  }

  /** Those whom a rating list leaves out have the same right as those on it. */
  private async groupOf(subjectId: string, publication: Publication): Promise<string> {
    // What hangs about a village is its application: no subject of the archives.
    if (publication.kind === 'publication.village' && subjectId === publication.key) return publication.divisionCode;
    const published = await this.peers.all(publicityReads.publishedSubjects, { publicationId: publication.publicationId });
    const listed = published.find((subject) => subject.subjectId === subjectId);
    if (listed) return listed.groupCode;
    const label = publication.kind === 'publication.rating' ? await this.peers.one(archivesReads.labels, { subjectIds: [subjectId] }) : undefined;
    if (!label?.divisionCode.startsWith(publication.divisionCode)) throw new Problem('objection.unknown-subject', { subjectId, publicationId: publication.publicationId });
    return label.divisionCode;
  }
}

function objectableOwner({ owner, kind }: Publication, ground: Ground): 'civility' | 'rating' {
  const open = groundsOf[kind];
  if ((owner !== 'civility' && owner !== 'rating') || !open) throw new Problem('objection.not-objectable', { kind });
  if (!open.includes(ground)) throw new Problem('input.invalid', {}, [{ path: 'ground', message: `这次公示可选的异议理由为：${open.join('、')}` }]);
  return owner;
}

/** A stamp from before the posting is a slip of the pen: nothing hung that could be objected to. */
function requireAfterPosting({ receivedOn, enteredOn }: Received, { postedOn }: Publication): void {
  if (receivedOn === enteredOn || postedOn === null || receivedOn >= postedOn) return;
  throw new Problem('input.invalid', { postedOn }, [{ path: 'stampedOn', message: `收件章日期 ${receivedOn} 早于公示张贴的 ${postedOn}，请核对扫描件` }]);
}

function recordReceipt(tx: Tx, id: string, { channel, receivedOn, enteredOn, scanSha256 }: Received, facts: Admission & Readonly<Record<string, unknown>>): Promise<void> {
  const action = facts.refusal === null ? 'objection.admitted' : 'objection.refused';
  return tx.audit.record(action, id, { ...facts, channel, receivedOn, lateTyped: receivedOn < enteredOn, scanSha256 });
}
