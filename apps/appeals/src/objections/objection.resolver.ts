import { type Actor, Allow, CurrentActor, cursorOf, PageArgs, pageSize, readCursor, UnitOfWork } from '@credit/platform';
import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { AdmitLate } from './admit-late';
import { FileObjection, type FilingInput } from './file-objection';
import { ObjectionDossier } from './objection-dossier';
import { ObjectionListStore } from './objection-list.store';
import {
  AdmitLateInput,
  FileObjectionInput,
  Household,
  ObjectionDecision,
  ObjectionDetail,
  ObjectionPage,
  ObjectionReceipt,
  RefuseObjectionInput,
  ReportFileErrorInput,
  ReviewRefusalInput,
  WithdrawObjectionInput,
} from './objection.types';
import { RefuseObjection } from './refuse-objection';
import { type FileErrorInput, ReportFileError } from './report-file-error';
import { ReviewRefusal } from './review-refusal';
import { sentenceOf } from './sentences';
import { visibleTo } from './visible';
import { WithdrawObjection } from './withdraw-objection';

@Resolver()
export class ObjectionResolver {
  constructor(
    private readonly work: UnitOfWork,
    private readonly dossier: ObjectionDossier,
    private readonly fileObjectionCase: FileObjection,
    private readonly reportFileErrorCase: ReportFileError,
    private readonly admitLateCase: AdmitLate,
    private readonly refuseCase: RefuseObjection,
    private readonly reviewCase: ReviewRefusal,
    private readonly withdrawCase: WithdrawObjection,
  ) {}

  @Query(() => ObjectionPage, { description: '异议一览，新的在前' })
  @Allow('objection.read')
  objections(
    @CurrentActor() actor: Actor,
    @Args() page: PageArgs,
    @Args('under', { type: () => String, nullable: true, description: '行政区划代码' }) under?: string,
    @Args('state', { type: () => String, nullable: true }) state?: string,
    @Args('publicationId', { type: () => ID, nullable: true }) publicationId?: string,
  ): Promise<ObjectionPage> {
    const limit = pageSize(page);
    const [before] = readCursor(page.after, 1) ?? [null];
    return this.work.read(actor, async (tx) => {
      const rows = await new ObjectionListStore(tx).list({ scopes: actor.scopesFor('objection.read'), under, state, publicationId, before: before ?? null, limit });
      const last = rows.length === limit ? rows.at(-1) : undefined;
      return { rows: rows.flatMap((row) => visibleTo(actor, row) ?? []), nextCursor: last ? cursorOf(last.id) : null };
    });
  }

  @Query(() => ObjectionDetail, { description: '一份异议的全部办理情况' })
  @Allow('objection.read')
  objection(@CurrentActor() actor: Actor, @Args('id', { type: () => ID }) id: string): Promise<ObjectionDetail> {
    return this.dossier.of(actor, id);
  }

  @Query(() => [Household], { nullable: 'items', description: '农户的异议（总图按编号拼接）' })
  @Allow('objection.read')
  householdsByIds(@CurrentActor() actor: Actor, @Args('ids', { type: () => [ID] }) ids: string[]): Promise<(Household | null)[]> {
    return this.work.read(actor, async (tx) => {
      const rows = await new ObjectionListStore(tx).ofHouseholds(ids);
      return ids.map((id) => {
        if (actor.villager && actor.villager.householdId !== id) return null;
        const own = rows.filter((row) => row.applicantId === id || row.subjectId === id);
        return { id, objections: own.flatMap((row) => visibleTo(actor, row) ?? []) };
      });
    });
  }

  @Mutation(() => ObjectionReceipt, { description: '登记异议；逾期或未张贴的不予受理并给出日期' })
  @Allow('objection.file')
  async fileObjection(@CurrentActor() actor: Actor, @Args('input') input: FileObjectionInput): Promise<ObjectionReceipt> {
    const receipt = await this.fileObjectionCase.execute(actor, timed(input) as FilingInput);
    return { ...receipt, message: sentenceOf(receipt) };
  }

  @Mutation(() => ObjectionReceipt, { description: '反映本户（本主体）档案差错，移送档案更正' })
  @Allow('objection.file')
  async reportFileError(@CurrentActor() actor: Actor, @Args('input') input: ReportFileErrorInput): Promise<ObjectionReceipt> {
    const receipt = await this.reportFileErrorCase.execute(actor, timed(input) as FileErrorInput);
    return { ...receipt, message: sentenceOf(receipt) };
  }

  @Mutation(() => ObjectionDecision, { description: '因故受理逾期异议' })
  @Allow('objection.admit-late')
  admitLateObjection(@CurrentActor() actor: Actor, @Args('input') input: AdmitLateInput): Promise<ObjectionDecision> {
    return this.admitLateCase.execute(actor, input);
  }

  @Mutation(() => ObjectionDecision, { description: '不予受理并写明理由' })
  @Allow('objection.decide')
  refuseObjection(@CurrentActor() actor: Actor, @Args('input') input: RefuseObjectionInput): Promise<ObjectionDecision> {
    return this.refuseCase.execute(actor, input);
  }

  @Mutation(() => ObjectionDecision, { description: '复核不予受理的决定' })
  @Allow('objection.review-refusal')
  reviewRefusal(@CurrentActor() actor: Actor, @Args('input') input: ReviewRefusalInput): Promise<ObjectionDecision> {
    return this.reviewCase.execute(actor, input);
  }

  @Mutation(() => ObjectionDecision, { description: '撤回异议' })
  @Allow('objection.withdraw')
  withdrawObjection(@CurrentActor() actor: Actor, @Args('input') input: WithdrawObjectionInput): Promise<ObjectionDecision> {
    return this.withdrawCase.execute(actor, input);
  }
}

/** An input with its moment as text again, as the request is kept. */
function timed<T extends { readBackAt?: Date | null }>({ readBackAt, ...input }: T): Omit<T, 'readBackAt'> & { readBackAt: string | null } {
  return { ...input, readBackAt: readBackAt?.toISOString() ?? null };
}
