import { Problem } from '@credit/contracts';
import { type Actor, Allow, CurrentActor, cursorOf, PageArgs, pageSize, readCursor, UnitOfWork, Vault } from '@credit/platform';
import { Args, Query, Resolver } from '@nestjs/graphql';
import { HouseholdView } from '../subjects/household-view';
import { HouseholdPage } from '../subjects/subject.types';
import { searchHash } from './search-hash';
import { SearchStore } from './search.store';
import { queryTokens } from './tokens';

@Resolver()
export class SearchResolver {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
    private readonly view: HouseholdView,
  ) {}

  /** Each search leaves its line, without what was typed. */
  @Query(() => HouseholdPage, { description: '检索农户（脱敏）：姓名、拼音、首字母、户编号、手机号后四位；多个词用空格隔开。只在任职的行政区划内' })
  @Allow('archives.search')
  searchHouseholds(@CurrentActor() actor: Actor, @Args('text', { type: () => String }) text: string, @Args() page: PageArgs): Promise<HouseholdPage> {
    const groups = queryTokens(text);
    if (!groups) throw new Problem('input.invalid', {}, [{ path: 'text', message: '请输入姓名、两个以上拼音字母、户编号或其后四位、手机号后四位；多个词用空格隔开' }]);
    return this.work.run(actor, async (tx) => {
      const limit = pageSize(page);
      const search = new SearchStore(tx);
      const scopes = actor.scopesFor('archives.search');
      const villages = await search.villagesIn(scopes);
      const hashed = groups.map((tokens) => villages.flatMap((village) => tokens.map((token) => searchHash(this.vault, village, token))));
      const rows = await search.find(hashed, scopes, readCursor(page.after, 1)?.[0] ?? null, limit);
      await tx.audit.record('households.searched', 'households', { found: rows.length });
      const last = rows.length === limit ? rows.at(-1) : undefined;
      return { rows: await this.view.of(tx, rows), nextCursor: last ? cursorOf(last.subjectNo) : null };
    });
  }
}
