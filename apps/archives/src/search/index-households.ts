import { Background, systemActor, type Tx, UnitOfWork, Vault } from '@credit/platform';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { MembershipStore } from '../household-events/membership.store';
import { SubjectStore } from '../subjects/subject.store';
import { searchHash } from './search-hash';
import { SearchStore } from './search.store';
import { tokensOf } from './tokens';

const everySeconds = 1;
const perRound = 200;

/** 建立检索词 — of households whose members changed; whoever's key was erased leaves none. */
@Injectable()
export class IndexHouseholds implements OnApplicationBootstrap {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
    private readonly background: Background,
  ) {}

  onApplicationBootstrap(): void {
    this.background.every('search-index', everySeconds, () => this.all());
  }

  async all(): Promise<void> {
    while (await this.work.run(systemActor(), (tx) => this.next(tx)));
  }

  private async next(tx: Tx): Promise<boolean> {
    const search = new SearchStore(tx);
    const ids = await search.takeDue(perRound);
    if (ids.length === 0) return false;
    const subjects = new SubjectStore(tx);
    const households = await subjects.byIds(ids);
    const members = await subjects.membersOf(ids);
    const seals = await this.vault.existing(tx, members.map(({ memberId }) => memberId));
    const former = await new MembershipStore(tx).formerNumbers(ids);
    const opened = members.flatMap((member) => {
      const seal = seals.get(member.memberId);
      const open = (bytes: Buffer | null, column: string): string[] => (bytes && seal ? [seal.open(bytes, ['member', member.memberId, column])] : []);
      return [{ householdId: member.householdId, names: open(member.name, 'name'), phones: open(member.phone, 'phone') }];
    });
    await search.replace(
      [...households.values()].map(({ subjectId, subjectNo, villageCode }) => {
        const own = opened.filter(({ householdId }) => householdId === subjectId);
        const tokens = tokensOf({ householdNo: subjectNo, names: own.flatMap(({ names }) => names), phones: own.flatMap(({ phones }) => phones) });
        for (const { subjectNo: old } of former.filter(({ householdId }) => householdId === subjectId)) for (const token of tokensOf({ householdNo: old, names: [], phones: [] })) tokens.add(token);
        return { subjectId, tokens: [...tokens].map((token) => searchHash(this.vault, villageCode, token)) };
      }),
    );
    return true;
  }
}
