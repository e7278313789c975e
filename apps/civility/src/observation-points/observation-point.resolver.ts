import { Problem } from '@credit/contracts';
import { type Actor, Allow, CurrentActor, cursorOf, PageArgs, pageSize, readCursor, UnitOfWork, Vault } from '@credit/platform';
import { divisionPrefix } from '@credit/policy';
import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { EndObservationPoint } from './end-observation-point';
import { NameObservationPoint } from './name-observation-point';
import { ObservationPointStore, townPrefix } from './observation-point.store';
import {
  EndObservationPointArgs,
  NameObservationPointArgs,
  ObservationPointPage,
  ObservationPointReceiptType,
  ObservationVisitPage,
  RecordObservationVisitArgs,
} from './observation-point.types';
import { RecordVisit } from './record-visit';

@Resolver()
export class ObservationPointResolver {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
    private readonly name: NameObservationPoint,
    private readonly visit: RecordVisit,
    private readonly end: EndObservationPoint,
  ) {}

  @Query(() => ObservationPointPage, { description: '乡风文明评议观摩点，新的在前；各村可见本镇全部观摩点' })
  @Allow('observation-point.read')
  observationPoints(
    @CurrentActor() actor: Actor,
    @Args() page: PageArgs,
    @Args('openOnly', { type: () => Boolean, defaultValue: false, description: '只看今日开放的' }) openOnly: boolean,
    @Args('under', { type: () => String, nullable: true, description: '行政区划代码' }) under?: string,
  ): Promise<ObservationPointPage> {
    const limit = pageSize(page);
    const [before = null] = readCursor(page.after, 1) ?? [];
    return this.work.read(actor, async (tx) => {
      const found = await new ObservationPointStore(tx).list({ scopes: actor.scopesFor('observation-point.read'), under: divisionPrefix(under ?? ''), openOnly, before, limit });
      const seals = await this.vault.existing(tx, found.map(({ id }) => id));
      const last = found.length === limit ? found.at(-1) : undefined;
      const rows = found.map((point) => {
        const open = (column: 'reason' | 'shows' | 'end_reason', words: Buffer | null): string | null => (words && seals.get(point.id)?.open(words, ['observation_point', point.id, column])) ?? null;
        return { ...point, reason: open('reason', point.reason), shows: open('shows', point.shows), endReason: open('end_reason', point.endReason) };
      });
      return { rows, nextCursor: last ? cursorOf(last.id) : null };
    });
  }

  @Query(() => ObservationVisitPage, { description: '一个观摩点的观摩登记，新的在前' })
  @Allow('observation-point.read')
  observationVisits(@CurrentActor() actor: Actor, @Args('pointId', { type: () => ID }) pointId: string, @Args() page: PageArgs): Promise<ObservationVisitPage> {
    const limit = pageSize(page);
    const [before = null] = readCursor(page.after, 1) ?? [];
    return this.work.read(actor, async (tx) => {
      const points = new ObservationPointStore(tx);
      const { townCode } = await points.get(pointId);
      const within = actor.scopesFor('observation-point.read').some((scope) => townCode.startsWith(townPrefix(scope)));
      if (!within) throw new Problem('access.outside-division', { divisionCode: townCode });
      const found = await points.visits(pointId, before, limit);
      const seal = (await this.vault.existing(tx, [pointId])).get(pointId);
      const last = found.length === limit ? found.at(-1) : undefined;
      return { rows: found.map((visit) => ({ ...visit, notes: visit.notes && seal ? seal.open(visit.notes, ['observation_visit', visit.id, 'notes']) : null })), nextCursor: last ? cursorOf(last.id) : null };
    });
  }

  @Mutation(() => ObservationPointReceiptType, { description: '设置观摩点（镇经办人）' })
  @Allow('observation-point.write')
  nameObservationPoint(@CurrentActor() actor: Actor, @Args('input') input: NameObservationPointArgs): Promise<ObservationPointReceiptType> {
    return this.name.execute(actor, input);
  }

  @Mutation(() => ObservationPointReceiptType, { description: '登记观摩（镇经办人），可事后补登' })
  @Allow('observation-point.write')
  recordObservationVisit(@CurrentActor() actor: Actor, @Args('input') input: RecordObservationVisitArgs): Promise<ObservationPointReceiptType> {
    return this.visit.execute(actor, input);
  }

  @Mutation(() => ObservationPointReceiptType, { description: '撤销观摩点（镇经办人）' })
  @Allow('observation-point.write')
  endObservationPoint(@CurrentActor() actor: Actor, @Args('input') input: EndObservationPointArgs): Promise<ObservationPointReceiptType> {
    return this.end.execute(actor, input);
  }
}
