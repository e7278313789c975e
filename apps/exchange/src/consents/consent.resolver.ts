import { type Actor, Allow, CurrentActor, cursorOf, PageArgs, pageSize, readCursor, type Rules, RULES, UnitOfWork } from '@credit/platform';
import { Inject } from '@nestjs/common';
import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { QueryLogStore } from '../lookups/query-log.store';
import type { ConsentRow } from './consent.row';
import { ConsentStore } from './consent.store';
import { Consent, ConsentPurpose, ConsentReceipt, GiveConsentInput, Household, QueryRecordPage, RevocationReceipt, RevokeConsentInput } from './consent.types';
import { GiveConsent, type GivingInput } from './give-consent';
import { purposeList } from './purposes';
import { RevokeConsent } from './revoke-consent';

@Resolver()
export class ConsentResolver {
  constructor(
    private readonly work: UnitOfWork,
    private readonly give: GiveConsent,
    private readonly revoke: RevokeConsent,
    @Inject(RULES) private readonly rules: Rules,
  ) {}

  @Query(() => [Household], { nullable: 'items', description: '农户的授权与被查询记录（总图按编号拼接）' })
  @Allow('consent.read')
  householdsByIds(@CurrentActor() actor: Actor, @Args('ids', { type: () => [ID] }) ids: string[]): Promise<(Household | null)[]> {
    return this.work.read(actor, async (tx) => {
      const visible = ids.filter((id) => actor.villager === null || actor.villager.householdId === id);
      const consents = await new ConsentStore(tx).ofSubjects(visible);
      const queries = await new QueryLogStore(tx).ofSubjects(visible);
      const sees = (action: string, division: string | null): boolean => actor.villager !== null || (division !== null && actor.may(action, division));
      return ids.map((id) =>
        visible.includes(id)
          ? {
              id,
              consents: consents.filter((row) => row.subjectId === id && sees('consent.read', row.divisionCode)).map((row) => consentOf(row, tx.today)),
              queries: queries.filter((row) => row.subjectId === id && sees('query-log.read', row.divisionCode)),
            }
          : null,
      );
    });
  }

  @Query(() => [Consent], { description: '一个主体给出的授权' })
  @Allow('consent.read')
  consents(@CurrentActor() actor: Actor, @Args('subjectId', { type: () => ID }) subjectId: string): Promise<Consent[]> {
    return this.work.read(actor, async (tx) => {
      const rows = await new ConsentStore(tx).ofSubjects([subjectId]);
      const visible = rows.filter((row) => (actor.villager ? actor.villager.householdId === subjectId : actor.may('consent.read', row.divisionCode)));
      return visible.map((row) => consentOf(row, tx.today));
    });
  }

  @Query(() => [ConsentPurpose], { description: '现行的授权用途' })
  @Allow('consent.read')
  consentPurposes(@CurrentActor() actor: Actor): Promise<ConsentPurpose[]> {
    return this.work.read(actor, (tx) => Promise.resolve(purposeList(this.rules, tx.today)));
  }

  @Query(() => QueryRecordPage, { description: '查询记录，新的在前' })
  @Allow('query-log.read')
  queryRecords(
    @CurrentActor() actor: Actor,
    @Args() page: PageArgs,
    @Args('clientId', { type: () => ID, nullable: true }) clientId?: string,
  ): Promise<QueryRecordPage> {
    const limit = pageSize(page);
    const [before] = readCursor(page.after, 1) ?? [null];
    return this.work.read(actor, async (tx) => {
      const log = new QueryLogStore(tx);
      const rows = actor.villager ? await log.ofSubjects([actor.villager.householdId]) : await log.list(actor.scopesFor('query-log.read'), clientId ?? null, before ?? null, limit);
      const last = !actor.villager && rows.length === limit ? rows.at(-1) : undefined;
      return { rows, nextCursor: last ? cursorOf(last.id) : null };
    });
  }

  @Mutation(() => ConsentReceipt, { description: '登记授权：本人在线，或由文书凭签字材料' })
  @Allow('consent.give')
  giveConsent(@CurrentActor() actor: Actor, @Args('input') input: GiveConsentInput): Promise<ConsentReceipt> {
    return this.give.execute(actor, input as GivingInput);
  }

  @Mutation(() => RevocationReceipt, { description: '撤回授权：即刻生效，同一授权人对同一机构、同一用途的一并撤回' })
  @Allow('consent.revoke')
  revokeConsent(@CurrentActor() actor: Actor, @Args('input') input: RevokeConsentInput): Promise<RevocationReceipt> {
    return this.revoke.execute(actor, input);
  }
}

/** Where a consent stands is computed from its days and today. */
function consentOf(row: ConsentRow, today: string): Consent {
  const status = row.revokedAt !== null ? 'revoked' : today < row.fromOn ? 'not-yet' : today > row.lastDay ? 'ended' : 'valid';
  const { id, subjectId, memberId, clientId, purpose, fromOn, lastDay, givenAt, revokedAt } = row;
  return { id, subjectId, memberId, clientId, purpose, fromOn, lastDay, givenAt, revokedAt, status };
}
