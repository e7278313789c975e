import { appealsReads, archivesReads, civilityReads, publicityReads } from '@credit/contracts';
import { newId } from '@credit/platform';
import { type SignedIn, startTestService, type TestService } from '@credit/testing';
import { rating } from '../src/rating.service';
import type { File } from './facts';

export const county = '341525000000';
export const town = '341525109000';
export const village = '341525109204';
export const scan = 'e'.repeat(64);

/** A village on 18 January 2031, the day its households were certified. */
export class CertifiedVillage {
  private constructor(
    readonly service: TestService,
    readonly officer: SignedIn,
    readonly director: SignedIn,
    readonly clerk: SignedIn,
    public files: File[],
    /** Civility in hundredths by household. */
    readonly scores: Map<string, number>,
  ) {}

  static async start(files: File[], scores: ReadonlyMap<string, number> = new Map()): Promise<CertifiedVillage> {
    const service = await startTestService(rating);
    const post = (role: string, divisionCode: string) => service.account({ posts: [{ role, divisionCode }] });
    const made = new CertifiedVillage(service, await post('county-officer', county), await post('county-director', county), await post('village-clerk', village), files, new Map(scores));
    await made.certify();
    return made;
  }

  act<T>(who: SignedIn, mutation: string, type: string, given: object, answer: string): Promise<T> {
    const query = `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${answer} } }`;
    return this.service.data<Record<string, T>>(query, { input: { requestId: newId(), ...given } }, who.token).then((data) => data[mutation] as T);
  }

  refused(who: SignedIn, mutation: string, type: string, given: object) {
    return this.service.refused(`mutation ($input: ${type}!) { ${mutation}(input: $input) { __typename } }`, { input: { requestId: newId(), ...given } }, who.token);
  }

  villagerOf(householdId: string): Promise<SignedIn> {
    return this.service.villager({ householdId, memberId: newId() });
  }

  change(subjectId: string, items: Record<string, string>): void {
    this.files = this.files.map((file) => (file.subjectId === subjectId ? { ...file, items: { ...file.items, ...items } } : file));
  }

  async ratingsOf(subjectId: string): Promise<{ id: string; grade: string; state: string; lastDay: string; certificateNo: string }[]> {
    const query = 'query ($ids: [ID!]!) { householdsByIds(ids: $ids) { ratings { id grade state lastDay certificateNo } } }';
    const { householdsByIds } = await this.service.data<{ householdsByIds: { ratings: { id: string; grade: string; state: string; lastDay: string; certificateNo: string }[] }[] }>(query, { ids: [subjectId] }, this.officer.token);
    return householdsByIds[0]?.ratings ?? [];
  }

  private async certify(): Promise<void> {
    const { service, officer, director } = this;
    service.peer.answer(archivesReads.divisions, [{ code: village, name: '白莲崖村', level: 'village', parentCode: null }]);
    service.peer.answer(archivesReads.ratingFiles, () => this.files);
    const final = { roundId: newId(), vetoed: false, version: 1, final: true, notFinalReason: null };
    service.peer.answer(civilityReads.finalScores, () => this.files.map(({ subjectId }) => ({ ...final, householdId: subjectId, hundredths: this.scores.get(subjectId) ?? 9000 })));
    service.peer.answer(appealsReads.openObjections, []);
    service.peer.answer(appealsReads.changedAnswers, []);
    await service.moveClockTo('2031-01-10');
    const { scorecardId } = await this.act<{ scorecardId: string }>(officer, 'draftScorecard', 'DraftScorecardArgs', { divisionCode: county, kind: 'H', version: 1 }, 'scorecardId');
    await this.act(director, 'approveScorecard', 'ApproveScorecardArgs', { divisionCode: county, scorecardId }, 'scorecardId');
    const { runId } = await this.act<{ runId: string }>(officer, 'startRating', 'StartRunArgs', { divisionCode: county }, 'runId');
    await service.until(async () => (await service.data<{ ratingRun: { state: string } }>('query ($id: ID!) { ratingRun(id: $id) { state } }', { id: runId }, officer.token)).ratingRun.state === 'computed', 'the run to be computed');
    await this.act(director, 'confirmRating', 'RunArgs', { runId }, 'rated');
    const publication = { publicationId: newId(), kind: 'publication.rating' as const, owner: 'rating' as const, key: `${runId}:${village}`, divisionCode: village, version: 1, postedOn: '2031-01-10', lastDay: '2031-01-17' };
    service.peer.answer(publicityReads.publication, [{ ...publication, state: 'posted', objectionLastDay: '2031-01-17', openedAgainAs: null }]);
    await service.hear('publication.posted', publication);
    await service.moveClockTo('2031-01-18');
    await this.act(officer, 'certifyRating', 'RunArgs', { runId }, 'certified');
  }
}
