import { appealsReads, archivesReads, publicityReads, type RowOf } from '@credit/contracts';
import { newId } from '@credit/platform';
import { type SignedIn, startTestService, type TestService } from '@credit/testing';
import { civility } from '../src/civility.service';

export const county = '341525000000';
export const townCode = '341525109000';
export const village = '341525109204';
export const groupOne = `${village}01`;
export const groupTwo = `${village}02`;

const places = [
  { code: village, name: '大化坪村', level: 'village' as const, parentCode: townCode },
  { code: groupOne, name: '上湾组', level: 'group' as const, parentCode: village },
  { code: groupTwo, name: '下湾组', level: 'group' as const, parentCode: village },
];

type Publication = RowOf<typeof publicityReads.publication>;

export interface Mark {
  readonly itemCode: string;
  readonly points?: string;
  readonly word?: string;
  readonly factText?: string;
  readonly factOn?: string;
  readonly documentNo?: string;
  readonly documentOn?: string;
}

export interface MemberGiven {
  readonly capacity: string;
  readonly accountId?: string;
  readonly householdId?: string;
  readonly memberId?: string;
  readonly substitute?: boolean;
}

export interface RowGiven {
  readonly householdId: string;
  readonly withdrawnMemberIds?: readonly string[];
  readonly marks?: readonly Mark[];
}

export const positive: Mark = { itemCode: 'P01', word: '常年照料两位老人' };
/** One mark for every positive item of the list: 20 points together. */
export const allPositives: Mark[] = Array.from({ length: 8 }, (_, index) => ({ itemCode: `P0${index + 1}`, word: '群众公认' }));
export const negative: Mark = { itemCode: 'N04', factText: '拒不履行 9 月的调解协议', factOn: '2030-09-10' };
export const veto: Mark = { itemCode: 'V01', documentNo: '（2029）皖1525刑初12号', documentOn: '2029-03-01' };

const people = {
  countyOfficer: ['county-officer', county],
  countyDirector: ['county-director', county],
  townOfficer: ['town-officer', townCode],
  committee: ['town-party-committee', townCode],
  townSupervisor: ['town-supervisor', townCode],
  secretary: ['village-secretary', village],
  cadre: ['village-cadre', village],
  clerk: ['village-clerk', village],
  supervisor: ['village-supervisor', village],
} as const;
export type Person = keyof typeof people;

/** A village of five households in two groups, with everybody who has a part in the review, and its neighbours. */
export class ReviewTown {
  readonly households = Array.from({ length: 5 }, (_, index) => ({ householdId: newId(), householdNo: `H${index < 3 ? groupOne : groupTwo}000${index + 1}`, groupCode: index < 3 ? groupOne : groupTwo, adults: 2, filed: true }));
  readonly publications: Publication[] = [];
  readonly told = new Set<string>();
  readonly open = new Set<string>();
  readonly answers = new Map<string, RowOf<typeof appealsReads.answer>>();
  roundId = '';
  listVersionId = '';
  /** Member ids of the bodies formed, by group code; the deliberation group under `village`. */
  readonly members = new Map<string, string[]>();

  private constructor(
    readonly service: TestService,
    readonly people: Readonly<Record<Person, SignedIn>>,
  ) {}

  static async open(): Promise<ReviewTown> {
    const service = await startTestService(civility);
    const signedIn: Partial<Record<Person, SignedIn>> = {};
    for (const [person, [role, divisionCode]] of Object.entries(people)) signedIn[person as Person] = await service.account({ posts: [{ role, divisionCode }] });
    const town = new ReviewTown(service, signedIn as Record<Person, SignedIn>);
    town.neighboursAnswer();
    await service.moveClockTo('2030-11-01');
    return town;
  }

  /** Archives, publicity and appeals, as far as civility asks them. */
  neighboursAnswer(): void {
    const { peer } = this.service;
    peer.answer(archivesReads.households, this.households);
    peer.answer(archivesReads.divisions, ({ under }) => places.filter(({ code }) => code.startsWith(under)));
    peer.answer(archivesReads.labels, ({ subjectIds }) =>
      this.households.filter(({ householdId }) => subjectIds.includes(householdId)).map(({ householdId, householdNo, groupCode }, index) => ({ subjectId: householdId, subjectKind: 'household' as const, label: `汪*${'甲乙丙丁戊'[index]}`, subjectNo: householdNo, divisionCode: groupCode, mayPublishName: true })),
    );
    peer.answer(publicityReads.publicationsOf, ({ kind, key }) => this.publications.filter((one) => one.kind === kind && one.key === key).toReversed());
    peer.answer(publicityReads.publication, ({ publicationId }) => this.publications.filter((one) => one.publicationId === publicationId));
    peer.answer(publicityReads.told, () => [...this.told].map((subjectId) => ({ subjectId, outcome: 'told' as const, settledOn: '2030-12-02' })));
    peer.answer(appealsReads.openObjections, ({ subjectIds }) =>
      subjectIds.filter((id) => this.open.has(id)).map((subjectId) => ({ objectionId: newId(), subjectId, publicationId: newId(), state: 'admitted', receivedOn: '2030-12-12', answerDueOn: '2030-12-17' })),
    );
    peer.answer(appealsReads.changedAnswers, ({ subjectIds }) => [...this.answers.values()].filter(({ outcome, subjectId }) => outcome === 'score-changed' && subjectIds.includes(subjectId)));
    peer.answer(appealsReads.answer, ({ objectionId }) => [this.answers.get(objectionId)].flatMap((one) => one ?? []));
  }

  household(index: number): string {
    return this.households[index]?.householdId ?? '';
  }

  membersOf(body: string): string[] {
    return this.members.get(body) ?? [];
  }

  /** A mutation that must succeed. */
  async act<T = Record<string, unknown>>(person: Person | SignedIn, mutation: string, answer: string, input: Readonly<Record<string, unknown>>): Promise<T> {
    const data = await this.service.data<Record<string, T>>(...this.mutation(person, mutation, answer, input));
    return data[mutation] as T;
  }

  /** The problem of a mutation that must be refused. */
  refused(person: Person | SignedIn, mutation: string, input: Readonly<Record<string, unknown>>): ReturnType<TestService['refused']> {
    return this.service.refused(...this.mutation(person, mutation, '__typename', input));
  }

  private mutation(person: Person | SignedIn, mutation: string, answer: string, input: Readonly<Record<string, unknown>>): [string, Record<string, unknown>, string] {
    return [`mutation ($input: ${inputTypes[mutation]}!) { ${mutation}(input: $input) { ${answer} } }`, { input: { requestId: newId(), ...input } }, this.tokenOf(person)];
  }

  tokenOf(person: Person | SignedIn): string {
    return typeof person === 'string' ? this.people[person].token : person.token;
  }

  query<T>(person: Person | SignedIn, query: string, variables: Readonly<Record<string, unknown>> = {}): Promise<T> {
    return this.service.data<T>(query, { roundId: this.roundId, ...variables }, this.tokenOf(person));
  }

  async list(effectiveFrom = '2030-01-01', legalBases: readonly unknown[] = []): Promise<string> {
    const { listVersionId } = await this.act<{ listVersionId: string }>('countyOfficer', 'draftItemList', 'listVersionId', { countyCode: county, effectiveFrom, legalBases });
    await this.act('countyDirector', 'approveItemList', 'approvedOn', { listVersionId });
    return listVersionId;
  }

  /** A round prepared for the year, and its content drafted on the board. */
  async prepare(year = 2030, options: Readonly<Record<string, unknown>> = {}): Promise<string> {
    this.listVersionId ||= await this.list();
    const { roundId } = await this.act<{ roundId: string }>('townOfficer', 'prepareRound', 'roundId households groups', { villageCode: village, year, referenceDay: `${year}-11-01`, listVersionId: this.listVersionId, ...options });
    this.roundId = roundId;
    return roundId;
  }

  publish(kind: Publication['kind'], given: Partial<Publication> = {}): Publication {
    const publication: Publication = {
      publicationId: newId(),
      kind,
      owner: 'civility',
      key: this.roundId,
      divisionCode: village,
      state: 'posted',
      version: 1,
      postedOn: '2030-11-01',
      lastDay: '2030-11-04',
      objectionLastDay: null,
      openedAgainAs: null,
      ...given,
    };
    this.publications.push(publication);
    return publication;
  }

  static review(...more: MemberGiven[]): MemberGiven[] {
    return [{ capacity: 'responsible-cadre' }, { capacity: 'group-leader' }, { capacity: 'party-member' }, { capacity: 'villager' }, { capacity: 'villager' }, ...more];
  }

  static deliberation(...more: MemberGiven[]): MemberGiven[] {
    return ['party-secretary', 'town-cadre', 'village-cadre', 'party-representative', 'villager-representative'].map((capacity): MemberGiven => ({ capacity })).concat(more);
  }

  async form(body: string, members: readonly MemberGiven[], more: Readonly<Record<string, unknown>> = {}): Promise<string[]> {
    const mutation = body === 'village' ? 'formDeliberationGroup' : 'formReviewGroup';
    const { memberIds } = await this.act<{ memberIds: string[] }>('townOfficer', mutation, 'bodyId memberIds', { roundId: this.roundId, ...(body === 'village' ? {} : { groupCode: body }), members, ...more });
    this.members.set(body, memberIds);
    return memberIds;
  }

  /** From nothing to an open round on 5 November. */
  async openRound(year = 2030, options: Readonly<Record<string, unknown>> = {}): Promise<void> {
    await this.prepare(year, options);
    await this.form(groupOne, ReviewTown.review());
    await this.form(groupTwo, ReviewTown.review());
    await this.form('village', ReviewTown.deliberation());
    this.publish('publication.content');
    await this.service.moveClockTo('2030-11-05');
    await this.act('townOfficer', 'openRound', 'state openedOn', { roundId: this.roundId });
  }

  /** The table of a group in which everybody is present; rows not given are without marks. */
  table(groupCode: string, rows: readonly RowGiven[] = [], more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
    const [chairMemberId] = this.membersOf(groupCode);
    const everyRow = this.households.filter((one) => one.groupCode === groupCode).map(({ householdId }) => ({ householdId, marks: [], ...rows.find((row) => row.householdId === householdId) }));
    return { roundId: this.roundId, groupCode, meetingOn: '2030-11-05', chairMemberId, presentMemberIds: this.membersOf(groupCode), declaredAgain: true, scanSha256: 'a'.repeat(64), rows: everyRow, ...more };
  }

  async confirmTable(groupCode: string, rows: readonly RowGiven[] = []): Promise<void> {
    const { tableId, digest } = await this.act<{ tableId: string; digest: string }>('clerk', 'recordGroupTable', 'tableId digest', this.table(groupCode, rows));
    await this.act('cadre', 'confirmGroupTable', 'confirmedOn', { tableId, digest });
  }

  async beginDeliberation(): Promise<void> {
    await this.act('secretary', 'beginDeliberation', 'state', { roundId: this.roundId, presentMemberIds: this.membersOf('village'), declaredAgain: true });
  }

  async examineAll(indexes: readonly number[] = [0, 1, 2, 3, 4]): Promise<void> {
    await this.act('secretary', 'examineHouseholds', 'examined', { roundId: this.roundId, rows: indexes.map((index) => ({ householdId: this.household(index) })) });
    await this.act('secretary', 'confirmExamined', 'confirmed unsettled', { roundId: this.roundId });
  }

  /** From an open round to a filed one with these rows of the first group. */
  async fileRound(rows: readonly RowGiven[] = []): Promise<string> {
    await this.confirmTable(groupOne, rows);
    await this.confirmTable(groupTwo);
    await this.beginDeliberation();
    await this.examineAll();
    await this.act('secretary', 'handIn', 'state', { roundId: this.roundId });
    const { digest } = await this.act<{ digest: string }>('committee', 'fileRound', 'digest', { roundId: this.roundId });
    return digest;
  }

  /** The results hang everywhere from this day on. */
  async postResults(postedOn: string, lastDay: string): Promise<Publication> {
    const publication = this.publish('publication.result', { postedOn, lastDay });
    await this.service.moveClockTo(postedOn);
    await this.hearPublication('publication.posted', publication);
    return publication;
  }

  hearPublication(name: 'publication.posted' | 'publication.extended' | 'publication.closed', { publicationId, kind, owner, key, divisionCode, version, postedOn, lastDay }: Publication): Promise<void> {
    return this.service.hear(name, { publicationId, kind, owner, key, divisionCode, version, postedOn: postedOn ?? '', lastDay: lastDay ?? '' });
  }
}

const inputTypes: Readonly<Record<string, string>> = {
  draftItemList: 'DraftItemListArgs',
  approveItemList: 'ApproveItemListArgs',
  prepareRound: 'PrepareRoundArgs',
  openRound: 'RoundArgs',
  formReviewGroup: 'FormReviewGroupArgs',
  formDeliberationGroup: 'FormDeliberationGroupArgs',
  declareTies: 'DeclareTiesArgs',
  reportConflict: 'ReportConflictArgs',
  decideConflict: 'DecideConflictArgs',
  importPrecheckFeedback: 'ImportPrecheckArgs',
  decidePrecheck: 'DecidePrecheckArgs',
  recordGroupTable: 'RecordGroupTableArgs',
  confirmGroupTable: 'ConfirmGroupTableArgs',
  beginDeliberation: 'HoldSittingArgs',
  examineHouseholds: 'ExamineArgs',
  setScore: 'SetScoreArgs',
  confirmExamined: 'RoundArgs',
  handIn: 'RoundArgs',
  returnRound: 'ReturnRoundArgs',
  fileRound: 'FileRoundArgs',
  recordFinding: 'RecordFindingArgs',
  settleFinding: 'SettleFindingArgs',
  answerFinding: 'AnswerFindingArgs',
  returnFindingAnswer: 'ReturnFindingAnswerArgs',
  raiseSignalFinding: 'RaiseSignalArgs',
  recordIndividualMarks: 'RecordIndividualMarksArgs',
  countIndividualMarks: 'CountIndividualMarksArgs',
  castOnlineMarks: 'CastOnlineMarksArgs',
  requestScoreCorrection: 'RequestScoreCorrectionArgs',
  decideScoreCorrection: 'DecideScoreCorrectionArgs',
  formStandingBody: 'FormStandingBodyArgs',
  callMeeting: 'CallMeetingArgs',
  cancelMeeting: 'CancelMeetingArgs',
  recordMinutes: 'RecordMinutesArgs',
  planImprovement: 'PlanImprovementArgs',
  changeImprovement: 'ChangeImprovementArgs',
  checkImprovement: 'CheckImprovementArgs',
  endImprovement: 'EndImprovementArgs',
  nameObservationPoint: 'NameObservationPointArgs',
  recordObservationVisit: 'RecordObservationVisitArgs',
  endObservationPoint: 'EndObservationPointArgs',
  planRoundStep: 'PlanRoundStepArgs',
  finishRoundStep: 'FinishRoundStepArgs',
  dropRoundStep: 'DropRoundStepArgs',
};
