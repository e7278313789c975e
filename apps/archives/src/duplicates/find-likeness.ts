import { Background, systemActor, type Tx, UnitOfWork, Vault } from '@credit/platform';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { SubjectStore } from '../subjects/subject.store';
import { likenessOf } from './likeness';
import { LikenessStore, type LikenessToken } from './likeness.store';

const everySeconds = 2;
const perRound = 200;

/** 疑似重复的比对 — of households whose members changed; only keyed hashes are kept, and whoever's key was erased leaves none. */
@Injectable()
export class FindLikeness implements OnApplicationBootstrap {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
    private readonly background: Background,
  ) {}

  onApplicationBootstrap(): void {
    this.background.every('likeness', everySeconds, () => this.all());
  }

  async all(): Promise<void> {
    while (await this.work.run(systemActor(), (tx) => this.next(tx)));
  }

  private async next(tx: Tx): Promise<boolean> {
    const likeness = new LikenessStore(tx);
    const ids = await likeness.takeDue(perRound);
    if (ids.length === 0) return false;
    await likeness.replace(ids, await this.tokensOf(tx, ids));
    return true;
  }

  private async tokensOf(tx: Tx, householdIds: readonly string[]): Promise<LikenessToken[]> {
    const households = await new SubjectStore(tx).byIds(householdIds);
    const members = await new SubjectStore(tx).membersOf(householdIds);
    const seals = await this.vault.existing(tx, [...householdIds, ...members.map(({ memberId }) => memberId)]);
    const addresses = new Map((await new LikenessStore(tx).addresses(householdIds)).map(({ householdId, address }) => [householdId, seals.get(householdId)?.open(address, ['subject', householdId, 'address']) ?? null]));
    return members.flatMap(({ memberId, householdId, name, residentId, phone }) => {
      const seal = seals.get(memberId);
      const villageCode = households.get(householdId)?.villageCode;
      if (!seal || villageCode === undefined) return [];
      const open = (bytes: Buffer, column: string): string => seal.open(bytes, ['member', memberId, column]);
      const person = { name: open(name, 'name'), residentId: open(residentId, 'resident_id'), phone: phone ? open(phone, 'phone') : null, address: addresses.get(householdId) ?? null };
      return [...likenessOf(person)].map(([kind, text]) => ({ token: this.vault.hash(`${villageCode}\n${kind}\n${text}`, 'likeness'), memberId, householdId, villageCode, kind }));
    });
  }
}
