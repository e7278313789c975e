import { archivesReads, type AskedOf, type RowOf } from '@credit/contracts';
import { Answers, systemActor, UnitOfWork, Vault } from '@credit/platform';
import { divisionPrefix, maskName, plainDate } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { ConsentStore } from '../consents/consent.store';
import { CoverageStore } from '../coverage/coverage.store';
import { DivisionStore } from '../divisions/division.store';
import { HouseholdView } from './household-view';
import { itemPlace, ItemStore } from './item.store';
import { RatingFileStore } from './rating-file.store';
import { SubjectStore } from './subject.store';

const pageSize = 500;

type Reads = typeof archivesReads;

/** What archives answers to other services. */
@Injectable()
export class ArchivesReads {
  constructor(
    private readonly work: UnitOfWork,
    private readonly view: HouseholdView,
    private readonly vault: Vault,
  ) {}

  @Answers(archivesReads.divisions)
  async divisions(ask: AskedOf<Reads['divisions']>): Promise<RowOf<Reads['divisions']>[]> {
    const rows = await this.work.read(systemActor(), (tx) => new DivisionStore(tx).under(divisionPrefix(ask.under)));
    return rows.flatMap(({ code, name, level, parentCode }) => (level === 'province' || level === 'city' ? [] : [{ code, name, level, parentCode }]));
  }

  @Answers(archivesReads.households)
  households(ask: AskedOf<Reads['households']>): Promise<RowOf<Reads['households']>[]> {
    return this.work.read(systemActor(), (tx) => new SubjectStore(tx).register(divisionPrefix(ask.under)));
  }

  @Answers(archivesReads.labels)
  labels(ask: AskedOf<Reads['labels']>): Promise<RowOf<Reads['labels']>[]> {
    return this.work.read(systemActor(), async (tx) => {
      const subjects = await new SubjectStore(tx).byIds(ask.subjectIds);
      const households = [...subjects.values()].filter((subject) => subject.kind === 'household');
      const heads = await new SubjectStore(tx).headsOf(households.map((household) => household.subjectId));
      const names = await this.view.names(tx, heads);
      const headOf = new Map(heads.map((member) => [member.householdId, names.get(member.memberId) ?? '']));
      const agreed = await new ConsentStore(tx).complete(households.map((household) => household.subjectId));
      return [...subjects.values()].map((subject) => ({
        subjectId: subject.subjectId,
        subjectKind: subject.kind,
        label: subject.registeredName ?? maskName(headOf.get(subject.subjectId) ?? ''),
        subjectNo: subject.subjectNo,
        divisionCode: subject.groupCode,
        mayPublishName: subject.kind !== 'household' || (agreed.get(subject.subjectId)?.has('publish-name') ?? false),
      }));
    });
  }

  /** Page by page, so that a large village needs no more memory than a small one. */
  @Answers(archivesReads.ratingFiles)
  async *ratingFiles(ask: AskedOf<Reads['ratingFiles']>): AsyncGenerator<RowOf<Reads['ratingFiles']>> {
    let after: string | null = null;
    for (;;) {
      const page: RowOf<Reads['ratingFiles']>[] = await this.ratingPage(ask.villageCode, after);
      yield* page;
      if (page.length < pageSize) return;
      after = page.at(-1)?.subjectNo ?? null;
    }
  }

  private ratingPage(villageCode: string, after: string | null): Promise<RowOf<Reads['ratingFiles']>[]> {
    return this.work.read(systemActor(), async (tx) => {
      const files = await new RatingFileStore(tx).page(villageCode, after, pageSize);
      const subjectIds = files.map((file) => file.subjectId);
      const seals = await this.vault.existing(tx, subjectIds);
      const consents = await new ConsentStore(tx).complete(subjectIds);
      const items = new Map<string, Record<string, string>>();
      for (const value of await new ItemStore(tx).currentOf(subjectIds)) {
        const text = seals.get(value.subjectId)?.open(value.value, itemPlace(value.subjectId, value.item));
        if (text === undefined) continue;
        const own = items.get(value.subjectId) ?? {};
        own[value.item] = text;
        items.set(value.subjectId, own);
      }
      return files.map(({ excluded, headAdultFrom, size, ...file }) => ({
        ...file,
        verifiedOn: file.verifiedOn === null ? null : plainDate(file.verifiedOn),
        items: items.get(file.subjectId) ?? {},
        consent: { economics: consents.get(file.subjectId)?.has('economics') ?? false, credit: consents.get(file.subjectId)?.has('credit') ?? false },
        eligible: !excluded,
        ...(file.subjectKind === 'household' ? { facets: { headAdultFrom: headAdultFrom === null ? null : plainDate(headAdultFrom), size } } : {}),
      }));
    });
  }

  @Answers(archivesReads.coverage)
  async coverage(ask: AskedOf<Reads['coverage']>): Promise<RowOf<Reads['coverage']>[]> {
    const rows = await this.work.read(systemActor(), (tx) => new CoverageStore(tx).under(divisionPrefix(ask.under)));
    return rows.map(({ villageCode, subjectKind, registered, excluded, verified }) => ({ villageCode, subjectKind, registered, excluded, verified }));
  }

  @Answers(archivesReads.adults)
  adults(ask: AskedOf<Reads['adults']>): Promise<RowOf<Reads['adults']>[]> {
    return this.work.read(systemActor(), async (tx) => {
      const members = await new SubjectStore(tx).membersOf([ask.householdId]);
      return members.filter((member) => member.adultFrom <= tx.today).map(({ memberId }) => ({ memberId }));
    });
  }

  @Answers(archivesReads.resolveSubject)
  resolveSubject(ask: AskedOf<Reads['resolveSubject']>): Promise<RowOf<Reads['resolveSubject']>[]> {
    return this.work.read(systemActor(), async (tx) => {
      const subjects = new SubjectStore(tx);
      const no = ask.subjectNo ?? ask.creditCode;
      const member = ask.residentId === undefined ? undefined : [...(await subjects.membersByHash([this.vault.hash(ask.residentId.trim().toUpperCase(), 'resident-id')])).values()][0];
      const subject = member ? (await subjects.byIds([member.householdId])).get(member.householdId) : no === undefined ? undefined : (await subjects.byNumbers([no.trim().toUpperCase()])).get(no.trim().toUpperCase());
      return subject ? [{ subjectId: subject.subjectId, subjectKind: subject.kind, divisionCode: subject.villageCode, memberId: member?.memberId ?? null }] : [];
    });
  }

  @Answers(archivesReads.memberByTail)
  memberByTail(ask: AskedOf<Reads['memberByTail']>): Promise<RowOf<Reads['memberByTail']>[]> {
    return this.work.read(systemActor(), async (tx) => {
      const subjects = new SubjectStore(tx);
      const member = await subjects.adultByTail(ask.householdId, this.vault.hash(`${ask.householdId}${ask.tail.toUpperCase()}`, 'resident-tail'));
      if (!member) return [];
      return [{ memberId: member.memberId, divisionCode: (await subjects.byId(ask.householdId)).villageCode }];
    });
  }
}
