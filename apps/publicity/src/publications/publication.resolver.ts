import { type Actor, Allow, CurrentActor, PageArgs, pageSize, readCursor } from '@credit/platform';
import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { PostPlace, type PostingReceipt } from './post-place';
import { PublicationViews } from './publication-views';
import {
  ExtensionReceipt,
  PostPlaceInput,
  PostPlaceReceipt,
  Publication,
  PublicationEntryPage,
  PublicationFilterArgs,
  PublicationInput,
  PublicationPage,
  RedraftReceipt,
  ReportMissingInput,
  SuspendPublicationInput,
  SuspensionReceipt,
  WithdrawalReceipt,
  WithdrawPublicationInput,
} from './publication.types';
import { RedraftPublication } from './redraft-publication';
import { ReportMissing } from './report-missing';
import { type SuspensionInput, SuspendPublication } from './suspend-publication';
import { type WithdrawalInput, WithdrawPublication } from './withdraw-publication';

@Resolver()
export class PublicationResolver {
  constructor(
    private readonly views: PublicationViews,
    private readonly postPlaceCase: PostPlace,
    private readonly reportMissingCase: ReportMissing,
    private readonly withdrawCase: WithdrawPublication,
    private readonly suspendCase: SuspendPublication,
    private readonly redraftCase: RedraftPublication,
  ) {}

  @Query(() => PublicationPage, { description: '公示一览，新的在前' })
  @Allow('publication.read')
  publications(@CurrentActor() actor: Actor, @Args() page: PageArgs, @Args() filter: PublicationFilterArgs): Promise<PublicationPage> {
    const [before] = readCursor(page.after, 1) ?? [null];
    const { under, kind, state } = filter;
    return this.views.list(actor, { under, kind, state, before: before ?? null, limit: pageSize(page) });
  }

  @Query(() => Publication, { description: '一次公示：公示处、期限与告知进度' })
  @Allow('publication.read')
  publication(@CurrentActor() actor: Actor, @Args('id', { type: () => ID }) id: string): Promise<Publication> {
    return this.views.one(actor, id);
  }

  @Query(() => PublicationEntryPage, { description: '公示名单，按张贴的顺序' })
  @Allow('publication.read')
  publicationEntries(@CurrentActor() actor: Actor, @Args('publicationId', { type: () => ID }) publicationId: string, @Args() page: PageArgs): Promise<PublicationEntryPage> {
    const [after] = readCursor(page.after, 1) ?? ['-1'];
    return this.views.entries(actor, publicationId, Number(after), pageSize(page));
  }

  @Mutation(() => PostPlaceReceipt, { description: '登记一处张贴；最后一处张贴之日起公示' })
  @Allow('publication.post-place')
  postPlace(@CurrentActor() actor: Actor, @Args('input') input: PostPlaceInput): Promise<PostingReceipt> {
    return this.postPlaceCase.execute(actor, input);
  }

  @Mutation(() => ExtensionReceipt, { description: '登记公示缺失与重新张贴，缺失的天数顺延' })
  @Allow('publication.report-missing')
  reportMissing(@CurrentActor() actor: Actor, @Args('input') input: ReportMissingInput): Promise<ExtensionReceipt> {
    return this.reportMissingCase.execute(actor, input);
  }

  @Mutation(() => WithdrawalReceipt, { description: '撤回公示，重新取内容并从头开始' })
  @Allow('publication.withdraw')
  withdrawPublication(@CurrentActor() actor: Actor, @Args('input') input: WithdrawPublicationInput): Promise<WithdrawalReceipt> {
    return this.withdrawCase.execute(actor, input as WithdrawalInput);
  }

  @Mutation(() => SuspensionReceipt, { description: '镇监督小组暂停公示' })
  @Allow('publication.suspend')
  suspendPublication(@CurrentActor() actor: Actor, @Args('input') input: SuspendPublicationInput): Promise<SuspensionReceipt> {
    return this.suspendCase.execute(actor, input as SuspensionInput);
  }

  @Mutation(() => ExtensionReceipt, { description: '恢复公示，暂停的天数顺延' })
  @Allow('publication.suspend')
  resumePublication(@CurrentActor() actor: Actor, @Args('input') input: PublicationInput): Promise<ExtensionReceipt> {
    return this.suspendCase.resume(actor, input);
  }

  @Mutation(() => RedraftReceipt, { description: '张贴前重新取公示内容' })
  @Allow('publication.redraft')
  redraftPublication(@CurrentActor() actor: Actor, @Args('input') input: PublicationInput): Promise<RedraftReceipt> {
    return this.redraftCase.execute(actor, input);
  }
}
