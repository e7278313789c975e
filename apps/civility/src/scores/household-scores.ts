import { type Actor, type PersonalSeal, type Tx, Vault } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { TieStore } from '../bodies/tie.store';
import type { RoundRow } from '../rounds/round.row';
import { RoundStore } from '../rounds/round.store';
import { GroupTableStore } from '../tables/group-table.store';
import { linesOf } from '../tables/mark-lines';
import type { Sheet } from '../tables/sheets';
import { ScoreListStore } from './score-list.store';
import { ScoreStore, type ScoreVersion } from './score.store';
import type { CivilityScoreType } from './score.types';

/** 农户的评议得分 as the reader may see them: a villager the own household's once published, staff by division, nobody what they withdrew from. */
@Injectable()
export class HouseholdScores {
  constructor(private readonly vault: Vault) {}

  async of(tx: Tx, actor: Actor, householdIds: readonly string[]): Promise<CivilityScoreType[]> {
    const hidden = new Set(actor.villager ? [] : await new TieStore(tx).hiddenFrom(actor.accountId));
    const asked = householdIds.filter((id) => (actor.villager ? id === actor.villager.householdId : !hidden.has(id)));
    const reviewed = await new ScoreListStore(tx).reviewed(asked);
    const rounds = await this.rounds(tx, actor, [...new Set(reviewed.map(({ roundId }) => roundId))]);
    const versions = await new ScoreStore(tx).versions([...rounds.keys()], asked);
    const sheets = new Map((await new GroupTableStore(tx).sheetsById(versions.flatMap(({ sheetId }) => sheetId ?? []))).map((sheet) => [sheet.id, sheet]));
    const seals = await this.vault.existing(tx, asked);
    return reviewed.flatMap(({ householdId, roundId }) => {
      const round = rounds.get(roundId);
      const own = versions.filter((one) => one.roundId === roundId && one.householdId === householdId);
      const documents = actor.villager !== null || (round !== undefined && actor.may('score.read-documents', round.villageCode));
      return round ? (shownScore(round, own, sheets, seals.get(householdId), documents) ?? []) : [];
    });
  }

  private async rounds(tx: Tx, actor: Actor, ids: readonly string[]): Promise<Map<string, RoundRow>> {
    const rounds = await new RoundStore(tx).byIds(ids);
    return new Map(rounds.filter((round) => (actor.villager ? round.postedOn !== null : actor.may('score.read', round.villageCode))).map((round) => [round.id, round]));
  }
}

function shownScore(round: RoundRow, versions: readonly ScoreVersion[], sheets: ReadonlyMap<string, Sheet>, seal: PersonalSeal | undefined, documents: boolean): CivilityScoreType | undefined {
  const [first, present] = [versions[0], versions.at(-1)];
  if (!first || !present) return undefined;
  const sheet = versions.flatMap(({ sheetId }) => (sheetId === null ? [] : (sheets.get(sheetId) ?? []))).at(-1);
  const { publicationId, postedOn, publicationLastDay, objectionLastDay } = round;
  return {
    roundId: round.id,
    householdId: first.householdId,
    year: round.year,
    score: present.hundredths,
    firstScore: first.hundredths,
    vetoed: present.vetoed,
    lines: sheet ? linesOf(sheet, seal, documents) : [],
    versions: versions.map((one) => shownVersion(one, seal)),
    publicationId,
    postedOn,
    publicationLastDay,
    objectionLastDay,
    howToObject: objectionLastDay && `对得分有异议的，自 ${postedOn} 张贴之日起至 ${objectionLastDay} 24:00 止，可当面、来电或书面向村党组织提出，也可登录提出。`,
  };
}

function shownVersion({ roundId, householdId, version, hundredths, vetoed, cause, setOn, objectionId, correctionId, reason }: ScoreVersion, seal: PersonalSeal | undefined): CivilityScoreType['versions'][number] {
  const words = reason && seal ? seal.open(reason, ['score', `${roundId}/${householdId}/${version}`, 'reason']) : null;
  return { version, score: hundredths, vetoed, cause, setOn, objectionId, correctionId, reason: words };
}
