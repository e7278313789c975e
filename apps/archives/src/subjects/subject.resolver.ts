import { Problem } from '@credit/contracts';
import { type Actor, Allow, CurrentActor, cursorOf, PageArgs, pageSize, readCursor, RULES, type Rules, UnitOfWork, Vault } from '@credit/platform';
import { divisionPrefix } from '@credit/policy';
import { Inject } from '@nestjs/common';
import { Args, ID, Query, Resolver } from '@nestjs/graphql';
import { FileStore } from '../files/file.store';
import { FileReader, seesSubject } from './file-reader';
import { fileType, HouseholdView } from './household-view';
import { itemPlace, ItemStore } from './item.store';
import { SubjectStore } from './subject.store';
import { FiledHousehold, FileItemType, HouseholdPage, OrganisationPage, UnmaskedMember } from './subject.types';

@Resolver(() => FiledHousehold)
export class SubjectResolver {
  constructor(
    private readonly work: UnitOfWork,
    private readonly view: HouseholdView,
    private readonly vault: Vault,
    private readonly reader: FileReader,
    @Inject(RULES) private readonly rules: Rules,
  ) {}

  @Query(() => HouseholdPage, { description: '农户名册（脱敏），按户编号' })
  @Allow('archives.view')
  households(@CurrentActor() actor: Actor, @Args('under', { type: () => String }) under: string, @Args() page: PageArgs): Promise<HouseholdPage> {
    return this.work.read(actor, async (tx) => {
      const limit = pageSize(page);
      const rows = await new SubjectStore(tx).page(actor.scopesFor('archives.view'), 'household', divisionPrefix(under), readCursor(page.after, 1)?.[0] ?? null, limit);
      const last = rows.length === limit ? rows.at(-1) : undefined;
      return { rows: await this.view.of(tx, rows), nextCursor: last ? cursorOf(last.subjectNo) : null };
    });
  }

  @Query(() => [FiledHousehold], { nullable: 'items', description: '按编号取农户（总图按编号拼接）；无权查看的为空' })
  @Allow('archives.view')
  householdsByIds(@CurrentActor() actor: Actor, @Args('ids', { type: () => [ID] }) ids: string[]): Promise<(FiledHousehold | null)[]> {
    return this.work.read(actor, async (tx) => {
      const found = await new SubjectStore(tx).byIds(ids);
      const visible = ids.flatMap((id) => found.get(id) ?? []).filter((subject) => subject.kind === 'household' && seesSubject(actor, 'archives.view', subject));
      const views = new Map((await this.view.of(tx, visible)).map((view) => [view.id, view]));
      return ids.map((id) => views.get(id) ?? null);
    });
  }

  @Query(() => OrganisationPage, { description: '新型农业经营主体（entity）或村集体经济组织（collective）' })
  @Allow('archives.view')
  organisations(@CurrentActor() actor: Actor, @Args('under', { type: () => String }) under: string, @Args('kind', { type: () => String }) kind: string, @Args() page: PageArgs): Promise<OrganisationPage> {
    return this.work.read(actor, async (tx) => {
      if (kind !== 'entity' && kind !== 'collective') throw new Problem('input.invalid', {}, [{ path: 'kind', message: '类别须为 entity 或 collective' }]);
      const limit = pageSize(page);
      const rows = await new SubjectStore(tx).page(actor.scopesFor('archives.view'), kind, divisionPrefix(under), readCursor(page.after, 1)?.[0] ?? null, limit);
      const files = new Map((await new FileStore(tx).bySubjects(rows.map((row) => row.subjectId))).map((file) => [file.subjectId, fileType(file)]));
      const last = rows.length === limit ? rows.at(-1) : undefined;
      return {
        rows: rows.map((row) => ({ id: row.subjectId, kind: row.kind, name: row.registeredName ?? '', creditCode: row.subjectNo, villageCode: row.villageCode, file: files.get(row.subjectId) ?? null })),
        nextCursor: last ? cursorOf(last.subjectNo) : null,
      };
    });
  }

  @Query(() => [FileItemType], { description: '一份档案的现行数据项；本户可看自己的' })
  @Allow('archives.file')
  fileItems(@CurrentActor() actor: Actor, @Args('subjectId', { type: () => ID }) subjectId: string): Promise<FileItemType[]> {
    return this.work.run(actor, async (tx) => {
      const { subject, seal } = await this.reader.open(tx, actor, subjectId);
      if (!seal) return [];
      const rules = this.rules.items[subject.kind];
      return (await new ItemStore(tx).currentOf([subjectId])).map((value) => ({
        item: value.item,
        zh: rules[value.item]?.zh ?? value.item,
        unit: rules[value.item]?.unit ?? null,
        value: seal.open(value.value, itemPlace(subjectId, value.item)),
        source: value.source,
        collectedOn: value.collectedOn,
        version: value.version,
      }));
    });
  }

  @Query(() => [UnmaskedMember], { description: '查看本户成员的未脱敏信息；须写事由，每次留痕' })
  @Allow('archives.unmask')
  unmaskedMembers(@CurrentActor() actor: Actor, @Args('householdId', { type: () => ID }) householdId: string, @Args('reason', { type: () => String }) reason: string): Promise<UnmaskedMember[]> {
    return this.work.run(actor, async (tx) => {
      if (reason.trim().length < 2) throw new Problem('input.invalid', {}, [{ path: 'reason', message: '请写明查看事由' }]);
      const household = await new SubjectStore(tx).byId(householdId);
      if (!seesSubject(actor, 'archives.unmask', household)) throw new Problem('access.outside-division', { action: 'archives.unmask' });
      const members = await new SubjectStore(tx).membersOf([householdId]);
      const seals = await this.vault.existing(tx, members.map((member) => member.memberId));
      await tx.audit.record('members.unmasked', householdId, { members: members.length });
      return members.flatMap((member) => {
        const seal = seals.get(member.memberId);
        if (!seal) return [];
        const open = (bytes: Buffer, column: string): string => seal.open(bytes, ['member', member.memberId, column]);
        return [{ id: member.memberId, name: open(member.name, 'name'), residentId: open(member.residentId, 'resident_id'), phone: member.phone ? open(member.phone, 'phone') : null }];
      });
    });
  }
}
