import { archivesReads, type AskOf, civilityReads, type InternalRead, publicityReads, type RowOf, type Service, sharedReads } from '@credit/contracts';
import { newId } from '@credit/platform';
import { type DeploymentSecrets, makeSecrets, startTestService, type TestService } from '@credit/testing';
import { appeals } from '../src/appeals.service';
import { askAs } from './neighbour';

export const village = '341525109204';
export const group = `${village}01`;

export type Publication = RowOf<typeof publicityReads.publication>;
type Deliberator = RowOf<typeof civilityReads.deliberators>;

export const fileMutation = `mutation ($input: FileObjectionInput!) { fileObjection(input: $input) {
  objectionId receiptNo state refusal receivedOn windowLastDay answerDueOn message } }`;
export const conveneMutation = `mutation ($input: ConvenePanelInput!) { convenePanel(input: $input) {
  reconsiderationId members { panelMemberId memberId capacity part withdrawal } } }`;
export const hearMutation = 'mutation ($input: RecordHearingInput!) { recordHearing(input: $input) { hearingId } }';
export const answerMutation = 'mutation ($input: AnswerObjectionInput!) { answerObjection(input: $input) { objectionId outcome answeredOn answerDueOn overdue } }';
export const objectionQuery = `query ($id: ID!) { objection(id: $id) { text reasons refusalReason
  objection { id state overdue applicantId answerDueOn outcome changedHundredths answeredOn outcomePublicationId outcomeLastDay toldOn message }
  panel { capacity part present } hearings { heard text } } }`;

export interface Receipt {
  readonly objectionId: string;
  readonly receiptNo: string;
  readonly state: string;
  readonly refusal: string | null;
  readonly receivedOn: string;
  readonly windowLastDay: string | null;
  readonly answerDueOn: string | null;
  readonly message: string;
}

/** A village as appeals sees it through its neighbours: households, one publication at a time, a deliberation group of five. */
export class Town {
  readonly households = Array.from({ length: 6 }, () => newId());
  readonly roundId = newId();
  private readonly published = new Map<string, Publication>();
  readonly deliberators: Deliberator[] = ['party-secretary', 'town-cadre', 'village-cadre', 'party-representative', 'villager-representative'].map((capacity) => ({
    memberId: newId(),
    accountId: newId(),
    capacity,
    householdId: null,
    mustWithdraw: false,
    reason: null,
  }));
  score = { setHundredths: 9000, vetoed: false, version: 1 };

  private constructor(
    readonly service: TestService,
    private readonly secrets: DeploymentSecrets,
    readonly clerk: string,
    readonly secretary: string,
    readonly townOfficer: string,
    readonly countyOfficer: string,
    readonly countyDirector: string,
  ) {}

  static async open(): Promise<Town> {
    const secrets = await makeSecrets();
    const service = await startTestService(appeals, {
      environment: { SERVICE_KEY: JSON.stringify(secrets.serviceKeys.appeals), SERVICE_PUBLIC_KEYS: JSON.stringify(secrets.servicePublicKeys) },
    });
    const holder = async (role: string, divisionCode: string): Promise<string> => (await service.account({ posts: [{ role, divisionCode }] })).token;
    const town = new Town(
      service,
      secrets,
      await holder('village-clerk', village),
      await holder('village-secretary', village),
      await holder('town-officer', '341525109000'),
      await holder('county-officer', '341525000000'),
      await holder('county-director', '341525000000'),
    );
    town.neighboursAnswer();
    return town;
  }

  neighboursAnswer(): void {
    const { peer } = this.service;
    const { households, roundId } = this;
    peer.answer(archivesReads.labels, ({ subjectIds }) =>
      subjectIds.filter((id) => households.includes(id)).map((subjectId) => ({ subjectId, subjectKind: 'household', label: '张*明', subjectNo: 'H34152510920401', divisionCode: group, mayPublishName: true })),
    );
    peer.answer(publicityReads.publishedSubjects, () => households.slice(0, 5).map((subjectId) => ({ subjectId, groupCode: group })));
    peer.answer(civilityReads.householdScore, ({ householdId }) => [
      { roundId, villageCode: village, householdId, firstHundredths: this.score.setHundredths, listVersionId: newId(), ...this.score },
    ]);
    peer.answer(civilityReads.deliberators, ({ householdId }) =>
      this.deliberators.map((one) => (one.householdId === householdId ? { ...one, mustWithdraw: true, reason: 'own-household' } : one)),
    );
    peer.answer(sharedReads.outbox, []);
  }

  /** Asks an internal read as one of the neighbours does. */
  ask<R extends InternalRead>(read: R, ask: AskOf<R>, caller: Service): Promise<RowOf<R>[]> {
    return askAs(caller, this.secrets, this.service.url, 'appeals', read, ask);
  }

  household(index: number): string {
    return this.households[index] ?? '';
  }

  /** A review result whose publication ended on this day; its objection window runs ten days longer. */
  publish(given: Partial<Publication> = {}): Publication {
    const publication: Publication = {
      publicationId: newId(),
      kind: 'publication.result',
      owner: 'civility',
      key: this.roundId,
      divisionCode: village,
      state: 'posted',
      version: 1,
      postedOn: '2030-12-01',
      lastDay: '2030-12-08',
      objectionLastDay: '2030-12-18',
      openedAgainAs: null,
      ...given,
    };
    this.published.set(publication.publicationId, publication);
    this.service.peer.answer(publicityReads.publication, ({ publicationId }) => [...this.published.values()].filter((one) => one.publicationId === publicationId));
    return publication;
  }

  filing(publication: Publication, given: Readonly<Record<string, unknown>> = {}): { input: Record<string, unknown> } {
    const subjectId = this.household(0);
    return {
      input: { requestId: newId(), publicationId: publication.publicationId, subjectId, applicantId: subjectId, ground: 'own-score', channel: 'oral', readBack: true, text: '李四说少算了我家的加分项', ...given },
    };
  }

  async file(publication: Publication, given: Readonly<Record<string, unknown>> = {}, token = this.clerk): Promise<Receipt> {
    return (await this.service.data<{ fileObjection: Receipt }>(fileMutation, this.filing(publication, given), token)).fileObjection;
  }

  convening(objectionId: string, meetingOn: string, guests: readonly Record<string, unknown>[] = [{ capacity: 'elder' }]): { input: Record<string, unknown> } {
    return { input: { requestId: newId(), objectionId, meetingOn, guests } };
  }

  async convene(objectionId: string, meetingOn: string): Promise<{ panelMemberId: string; memberId: string | null; capacity: string; part: string; withdrawal: string | null }[]> {
    const answer = await this.service.data<{ convenePanel: { members: never[] } }>(conveneMutation, this.convening(objectionId, meetingOn), this.secretary);
    return answer.convenePanel.members;
  }

  answering(objectionId: string, given: Readonly<Record<string, unknown>> = {}): { input: Record<string, unknown> } {
    return { input: { requestId: newId(), objectionId, outcome: 'score-kept', reasons: '经复核，原评分依据充分', ...given } };
  }

  hearing(objectionId: string, heard: string, heardOn: string): { input: Record<string, unknown> } {
    return { input: { requestId: newId(), objectionId, heard, appeared: true, text: '王五陈述了当天的情况', heardOn } };
  }
}
