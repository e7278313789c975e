import { appealsReads, archivesReads, civilityReads, publicityReads, type RowOf, sharedReads } from '@credit/contracts';
import { newId } from '@credit/platform';
import { addDays, plainDate } from '@credit/policy';
import { expectInOrder, readPdf, type SignedIn, startTestService, type TestService, textOf } from '@credit/testing';
import { rating } from '../src/rating.service';
import { type File, group, household } from './facts';

const county = '341525000000';
const town = '341525109000';
const village = '341525109204';
const scan = (letter: string) => letter.repeat(64);

const people = {
  secretary: ['village-secretary', village],
  townGovernment: ['town-government', town],
  committee: ['town-party-committee', town],
  officer: ['county-officer', county],
  director: ['county-director', county],
} as const;
type Who = keyof typeof people;
const inputs: Readonly<Record<string, string>> = { receiveVillageApplication: 'VillageStepArgs', reviewVillageByCounty: 'VillageStepArgs' };
const declared = [
  ['borrowers', '100'],
  ['soundBorrowers', '98'],
  ['loanBalance', '1000000.00'],
  ['nonPerformingBalance', '5000.00'],
  ['openSeriousCase', 'no'],
  ['sampleChecked', '50'],
  ['samplePassed', '50'],
].map(([item, value]) => ({ item, value, evidenceSha256: scan('e') }));

const collective: File = {
  ...household(newId(), {}, { subjectKind: 'collective' }),
  items: {
    operatingIncome: '520000.00',
    previousOperatingIncome: '400000.00',
    firstOperatingYear: 'no',
    totalDebt: '0',
    totalAssets: '900000.00',
    hadDebt36m: 'no',
    longestOverdueDays36m: '0',
    feesDue: '10000.00',
    feesCollected: '10000.00',
    accounting: 'full',
    disclosedQuarters: '4',
    memberRegister: 'yes',
    inventoryAgeMonths: '6',
    distribution: 'charter',
    contracts: '10',
    standardContracts: '10',
    auditFindings: 'none',
  },
};

describe('信用村', () => {
  let service: TestService;
  let signedIn: Record<Who, SignedIn>;
  const households = [newId(), newId()];
  const publication: RowOf<typeof publicityReads.publication> = { publicationId: newId(), kind: 'publication.village', owner: 'rating', key: '', divisionCode: village, state: 'posted', version: 1, postedOn: null, lastDay: null, objectionLastDay: null, openedAgainAs: null };
  let applicationId = '';

  const variables = (input: object) => ({ input: { requestId: newId(), ...input } });
  const mutationOf = (name: string, answer: string) => `mutation ($input: ${inputs[name] ?? `${name.charAt(0).toUpperCase()}${name.slice(1)}Args`}!) { ${name}(input: $input) { ${answer} } }`;
  const act = async <T = Record<string, unknown>>(who: Who, name: string, input: object, answer: string): Promise<T> => (await service.data<Record<string, T>>(mutationOf(name, answer), variables(input), signedIn[who].token))[name] as T;
  const refused = (who: Who, name: string, input: object) => service.refused(mutationOf(name, '__typename'), variables(input), signedIn[who].token);
  const detail = async () =>
    (
      await service.data<{ villageApplication: { application: Record<string, unknown>; reasons: string[]; poll: Record<string, unknown> | null; changes: Record<string, unknown>[]; plaques: Record<string, unknown>[] } }>(
        'query ($id: ID!) { villageApplication(id: $id) { application { state standing grade total lastDay documentNo refusedStep renewal } reasons poll { closedOn valid favourable voters { kind number returned } } changes { kind toGrade reasons objection outcome answer } plaques { serial stands } } }',
        { id: applicationId },
        signedIn.officer.token,
      )
    ).villageApplication;

  /** Everybody of the village rated and certified; the clock at 20 January. */
  async function rateEverybody(): Promise<void> {
    for (const kind of ['H', 'E', 'C']) {
      const { scorecardId } = await act<{ scorecardId: string }>('officer', 'draftScorecard', { divisionCode: county, kind, version: 1 }, 'scorecardId');
      await act('director', 'approveScorecard', { divisionCode: county, scorecardId }, 'scorecardId');
    }
    const { runId } = (await service.data<{ startRating: { runId: string } }>('mutation ($input: StartRunArgs!) { startRating(input: $input) { runId } }', variables({ divisionCode: county }), signedIn.officer.token)).startRating;
    await service.until(async () => (await service.data<{ ratingRun: { state: string } }>('query ($id: ID!) { ratingRun(id: $id) { state } }', { id: runId }, signedIn.officer.token)).ratingRun.state === 'computed', 'the run to be computed');
    await service.data('mutation ($input: RunArgs!) { confirmRating(input: $input) { rated } }', variables({ runId }), signedIn.director.token);
    const list = { publicationId: newId(), kind: 'publication.rating' as const, owner: 'rating' as const, key: `${runId}:${village}`, divisionCode: village, version: 1, postedOn: '2031-01-10', lastDay: '2031-01-17' };
    service.peer.answer(publicityReads.publication, ({ publicationId }) => [publicationId === list.publicationId ? { ...list, state: 'closed' as const, objectionLastDay: null, openedAgainAs: null } : publication]);
    await service.hear('publication.posted', list);
    await service.moveClockTo('2031-01-20');
    await service.data('mutation ($input: RunArgs!) { certifyRating(input: $input) { certified } }', variables({ runId }), signedIn.officer.token);
  }

  beforeAll(async () => {
    service = await startTestService(rating);
    const accounts: Partial<Record<Who, SignedIn>> = {};
    for (const [who, [role, divisionCode]] of Object.entries(people)) accounts[who as Who] = await service.account({ posts: [{ role, divisionCode }] });
    signedIn = accounts as Record<Who, SignedIn>;
    service.peer.answer(archivesReads.divisions, [{ code: village, name: '白莲崖村', level: 'village', parentCode: town }]);
    service.peer.answer(archivesReads.ratingFiles, [...households.map((id) => household(id)), collective]);
    service.peer.answer(archivesReads.coverage, [
      { villageCode: village, subjectKind: 'household', registered: 2, excluded: 0, verified: 2 },
      { villageCode: village, subjectKind: 'entity', registered: 0, excluded: 0, verified: 0 },
      { villageCode: village, subjectKind: 'collective', registered: 1, excluded: 0, verified: 1 },
    ]);
    service.peer.answer(civilityReads.finalScores, households.map((householdId) => ({ householdId, roundId: newId(), vetoed: false, version: 1, final: true, notFinalReason: null, hundredths: 9500 })));
    service.peer.answer(civilityReads.processQuality, [{ groupCode: group, quorate: true, openFindings: 0, filedOn: '2030-12-01' }]);
    service.peer.answer(appealsReads.openObjections, []);
    service.peer.answer(appealsReads.changedAnswers, []);
    await service.moveClockTo('2031-01-10');
  });
  afterAll(() => service.close());

  it('has no card before the county approved one', async () => {
    expect(await refused('secretary', 'applyForVillage', { villageCode: village, declared, formSha256: scan('f') })).toMatchObject({ code: 'scorecard.none-in-force' });
  });

  it('is applied for at any time, but sent back with a sentence each while those of the village are not rated first', async () => {
    const { scorecardId } = await act<{ scorecardId: string }>('officer', 'draftScorecard', { divisionCode: county, kind: 'V', version: 1 }, 'scorecardId');
    await act('director', 'approveScorecard', { divisionCode: county, scorecardId }, 'scorecardId');
    const missing = await refused('secretary', 'applyForVillage', { villageCode: village, declared: declared.slice(1), formSha256: scan('f') });
    expect(missing).toMatchObject({ code: 'input.invalid', faults: [{ path: 'declared', message: expect.stringContaining('借款人数') as string }] });
    ({ applicationId } = await act<{ applicationId: string }>('secretary', 'applyForVillage', { villageCode: village, declared, formSha256: scan('f') }, 'applicationId renewal'));
    expect(await refused('secretary', 'applyForVillage', { villageCode: village, declared, formSha256: scan('f') })).toMatchObject({ code: 'village.application-open' });
    expect(await refused('secretary', 'receiveVillageApplication', { applicationId })).toMatchObject({ code: 'access.denied' });
    expect(await act('townGovernment', 'receiveVillageApplication', { applicationId }, 'state reasons')).toEqual({ state: 'refused', reasons: 2 });
    expect(await detail()).toMatchObject({ application: { state: 'refused', refusedStep: 'prerequisites' }, reasons: [expect.stringContaining('农户应评 2 个，持有效评定的 0 个'), expect.stringContaining('村集体经济组织应评 1 个')] });
  });

  it('has a form that the system has filled in as far as it knows, to print and to sign', async () => {
    const answer = await fetch(`${service.url}/villages/${village}/form.pdf`, { headers: { authorization: `Bearer ${signedIn.secretary.token}` } });
    expectInOrder(textOf(readPdf(Buffer.from(await answer.arrayBuffer()))), ['信用村申报表', '白莲崖村自愿申报', '一、系统取数', '已建档主体数', '3', '二、由村申报', '借款人数', '（盖章处）', '白莲崖村党组织']);
  });

  it('is received when everybody is rated', async () => {
    await rateEverybody();
    ({ applicationId } = await act<{ applicationId: string }>('secretary', 'applyForVillage', { villageCode: village, declared, formSha256: scan('f') }, 'applicationId'));
    expect(await act('townGovernment', 'receiveVillageApplication', { applicationId }, 'state reasons')).toEqual({ state: 'applied', reasons: 0 });
  });

  it('is polled in secret: who took part is known, what they answered only as a sum, and only when it is closed', async () => {
    await act('committee', 'openVillagePoll', { applicationId, electorate: [{ kind: 'party-member', number: 6 }, { kind: 'villager-representative', number: 6 }], rollSha256: scan('1') }, 'applicationId');
    const ballots = (kind: string, rollNos: number[], way: string, answers: object[]) => ({ applicationId, way, voters: rollNos.map((rollNo) => ({ kind, rollNo })), answers });
    await act('committee', 'recordVillageBallots', ballots('party-member', [1, 2, 3, 4, 5], 'paper', [{ answer: 'satisfied', number: 5 }]), 'recorded');
    expect(await refused('committee', 'closeVillagePoll', { applicationId, scanSha256: scan('2') })).toMatchObject({ code: 'village.poll-quorum', faults: [{ message: '应到 12 人，收回 5 票，至少须收回 8 票' }, { message: expect.stringContaining('村民代表应到 6 人，收回 0 票') as string }] });
    expect(await refused('committee', 'recordVillageBallots', ballots('party-member', [5], 'telephone', [{ answer: 'satisfied', number: 1 }]))).toMatchObject({ code: 'village.ballot-given' });
    expect(await refused('committee', 'recordVillageBallots', ballots('party-member', [7], 'pigeon', [{ answer: 'maybe', number: 2 }]))).toMatchObject({ code: 'input.invalid', faults: [{ path: 'way' }, { path: 'voters.0' }, { path: 'answers' }, { path: 'answers' }] });
    await act('committee', 'recordVillageBallots', ballots('villager-representative', [1, 2, 3, 4], 'telephone', [{ answer: 'satisfied', number: 3 }, { answer: 'dissatisfied', number: 1 }]), 'recorded');
    expect((await detail()).poll).toMatchObject({ closedOn: null, valid: null, favourable: null, voters: [{ kind: 'party-member', number: 6, returned: 5 }, { kind: 'villager-representative', number: 6, returned: 4 }] });
    const { rows } = await service.admin.query('SELECT * FROM rating.village_ballot');
    expect(rows.every((row) => !('answer' in (row as object)))).toBe(true);
    expect(await refused('committee', 'reviewVillageByTown', { applicationId, agrees: true, scanSha256: scan('3') })).toMatchObject({ code: 'village.poll-not-closed' });
    await act('committee', 'closeVillagePoll', { applicationId, scanSha256: scan('2') }, 'applicationId');
    expect((await detail()).poll).toMatchObject({ valid: 9, favourable: 8 });
  });

  it('is signed by the town, then reviewed by several departments, and goes to the public with its grade', async () => {
    await act('committee', 'reviewVillageByTown', { applicationId, agrees: true, scanSha256: scan('3') }, 'state');
    const opinion = (department: string) => ({ applicationId, department, agrees: true, givenOn: '2031-01-20', scanSha256: scan('4') });
    await act('officer', 'recordVillageOpinion', opinion('organisation'), 'outstanding');
    expect(await refused('officer', 'recordVillageOpinion', opinion('organisation'))).toMatchObject({ code: 'village.opinion-given' });
    const early = await refused('officer', 'reviewVillageByCounty', { applicationId });
    expect(early).toMatchObject({ code: 'village.opinions-missing' });
    expect(early.faults).toHaveLength(4);
    for (const department of ['discipline', 'agriculture', 'civil-affairs', 'finance']) await act('officer', 'recordVillageOpinion', opinion(department), 'outstanding');
    // 10+20+15+15+5+8+8+7+6: V08 has 8 of 9 favourable.
    expect(await act('officer', 'reviewVillageByCounty', { applicationId }, 'state grade reasons')).toEqual({ state: 'county-reviewed', grade: 'AAA', reasons: 0 });
    expect((await detail()).application).toMatchObject({ total: '94.00' });
    expect((await service.told('publication.requested')).at(-1)).toMatchObject({ kind: 'publication.village', owner: 'rating', key: applicationId, divisionCode: village });
    expect(await service.ask(sharedReads.publicationContent, { kind: 'publication.village', key: applicationId }, 'publicity')).toEqual([{ heading: { year: '2031', subjects: '1' } }, { text: '白莲崖村：拟认定为AAA级信用村' }]);
  });

  it('is recognised by document only after the publication, without an open or an upheld objection', async () => {
    const recognise = { applicationId, documentNo: '霍联办〔2031〕3号', documentSha256: scan('5') };
    Object.assign(publication, { key: applicationId, postedOn: '2031-01-20', lastDay: '2031-01-27' });
    await service.hear('publication.posted', { publicationId: publication.publicationId, kind: 'publication.village', owner: 'rating', key: applicationId, divisionCode: village, version: 1, postedOn: '2031-01-20', lastDay: '2031-01-27' });
    await service.moveClockTo('2031-01-27T23:59:58+08:00');
    expect(await refused('director', 'recogniseVillage', recognise)).toMatchObject({ code: 'village.still-published' });
    await service.moveClockTo('2031-01-28T00:00:00+08:00');
    const objectionId = newId();
    service.peer.answer(appealsReads.openObjections, ({ subjectIds }) => (subjectIds.includes(applicationId) ? [{ objectionId, subjectId: applicationId, publicationId: publication.publicationId, state: 'admitted', receivedOn: '2031-01-25', answerDueOn: '2031-01-30' }] : []));
    expect(await refused('director', 'recogniseVillage', recognise)).toMatchObject({ code: 'village.objection-open' });
    service.peer.answer(appealsReads.openObjections, []);
    service.peer.answer(appealsReads.changedAnswers, [{ objectionId, subjectId: applicationId, key: applicationId }]);
    expect(await refused('director', 'recogniseVillage', recognise)).toMatchObject({ code: 'village.objection-upheld' });
    service.peer.answer(appealsReads.changedAnswers, []);
    service.peer.fail(appealsReads.openObjections);
    expect(await refused('director', 'recogniseVillage', recognise)).toMatchObject({ code: 'peer.unavailable' });
    service.peer.answer(appealsReads.openObjections, []);
    expect(await refused('officer', 'recogniseVillage', recognise)).toMatchObject({ code: 'access.denied' });
    expect(await act('director', 'recogniseVillage', recognise, 'grade lastDay')).toEqual({ grade: 'AAA', lastDay: '2032-01-28' });
  });

  it('has a plaque that anybody can check, which says how the recognition stands today', async () => {
    const { serial } = await act<{ serial: string }>('officer', 'issueVillagePlaque', { applicationId, photoSha256: scan('6') }, 'serial');
    expect(serial).toBe('XYC20310001');
    expect(await refused('officer', 'issueVillagePlaque', { applicationId, photoSha256: scan('6') })).toMatchObject({ code: 'village.plaque-hangs' });
    expect(await refused('officer', 'recallVillagePlaque', { serial, photoSha256: scan('7') })).toMatchObject({ code: 'village.plaque-stands' });
    const page = async () => (await fetch(`${service.url}/villages/check?serial=${serial}`)).text();
    expect(await page()).toMatch(/白莲崖村.*AAA级信用村.*霍联办〔2031〕3号.*2032-01-28 24:00.*有效/);
    expect(await (await fetch(`${service.url}/villages/check?serial=XYC20319999`)).text()).toContain('没有这个编号');
    expect((await fetch(`${service.url}/villages/plaques/${serial}/qr.svg`)).status).toBe(401);
    expect(await (await fetch(`${service.url}/villages/plaques/${serial}/qr.svg`, { headers: { authorization: `Bearer ${signedIn.officer.token}` } })).text()).toContain('<svg');
    expect(await service.data('query ($serial: String!) { villageRecognition(serial: $serial) { grade standing } }', { serial })).toEqual({ villageRecognition: { grade: 'AAA', standing: 'valid' } });
  });

  it('is downgraded only after the village was told and had its days to object, by another person', async () => {
    const proposing = { applicationId, kind: 'downgrade', toGrade: 'A', reasons: '抽查发现档案失实较多', evidenceSha256: scan('8') };
    const { changeId, answerLastDay } = await act<{ changeId: string; answerLastDay: string }>('officer', 'proposeVillageChange', proposing, 'changeId answerLastDay');
    expect(answerLastDay).toBe('2031-02-07');
    expect((await service.told('notification.requested')).at(-1)).toMatchObject({ template: 'village-change', role: 'village-secretary', divisionCode: village });
    expect(await refused('officer', 'proposeVillageChange', proposing)).toMatchObject({ code: 'village.change-open' });
    const deciding = { changeId, outcome: 'effective', answer: '异议理由与核查不符，予以降级' };
    expect(await refused('director', 'decideVillageChange', deciding)).toMatchObject({ code: 'village.change-window-open' });
    await act('secretary', 'objectToVillageChange', { changeId, objection: '失实部分已经更正', scanSha256: scan('9') }, 'changeId');
    await service.moveClockTo('2031-02-08');
    expect(await refused('secretary', 'objectToVillageChange', { changeId, objection: '补充一份说明材料', scanSha256: scan('9') })).toMatchObject({ code: 'village.change-settled' });
    await act('director', 'decideVillageChange', deciding, 'outcome');
    expect(await detail()).toMatchObject({ application: { grade: 'A', standing: 'valid' }, changes: [{ kind: 'downgrade', toGrade: 'A', objection: '失实部分已经更正', outcome: 'effective' }], plaques: [{ stands: false }] });
    expect(await service.data('{ plaquesToRecall { serial } }', {}, signedIn.officer.token)).toEqual({ plaquesToRecall: [{ serial: 'XYC20310001' }] });
    await act('officer', 'recallVillagePlaque', { serial: 'XYC20310001', photoSha256: scan('7') }, 'serial');
    expect(await service.data('query ($serial: String!) { villageRecognition(serial: $serial) { standing } }', { serial: 'XYC20310001' })).toEqual({ villageRecognition: { standing: 'recalled' } });
  });

  it('is over by computation alone on the day after its last, and reminds once before', async () => {
    await service.hear('deadline.passed', { owner: 'rating', kind: 'village-renewal', lastDay: addDays(plainDate('2032-01-28'), -121) });
    await service.moveClockTo('2032-01-28T23:59:58+08:00');
    expect((await detail()).application).toMatchObject({ standing: 'valid' });
    await service.moveClockTo('2032-01-29T00:00:00+08:00');
    expect((await detail()).application).toMatchObject({ standing: 'expired', state: 'plaque-issued' });
    expect(await service.data('{ creditVillages { rows { id } } }', {}, signedIn.officer.token)).toEqual({ creditVillages: { rows: [] } });
    await service.hear('deadline.passed', { owner: 'rating', kind: 'village-validity', lastDay: '2032-01-28' });
    expect((await detail()).application).toMatchObject({ standing: 'expired', state: 'lapsed' });
  });
});
