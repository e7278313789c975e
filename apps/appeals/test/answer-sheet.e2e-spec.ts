import { archivesReads, publicityReads } from '@credit/contracts';
import { newId } from '@credit/platform';
import { answerMutation, conveneMutation, hearMutation, Town, village } from './town';

const sheetQuery = `query ($objectionId: ID!) { reconsiderationAnswer(objectionId: $objectionId) {
  answerNo objectionId receiptNos divisionName subjectLabel applicantLabels outcome beforeHundredths changedHundredths reasons decidedBy votesFor votesAgainst
  items { itemCode itemName change reason } panel { capacity name decided explained withdrew } hearings { heard appeared heardOn }
  receivedOn meetingOn answerDueOn answeredOn overdue } }`;
const linksQuery = `query ($id: ID!) { reconsideration(id: $id) {
  ownerKey publicationId objectionIds answerNo answerObjectionId scoreVersion beforeHundredths changedHundredths outcomePublicationId outcomeLastDay } }`;

const items = [
  { itemCode: 'P01', change: 'added', reason: '查实赵六参加了两次义务工' },
  { itemCode: 'no-such-item', change: 'kept', reason: '原扣分有事实依据' },
];

describe('the answer as data for printing', () => {
  let town: Town;
  let own: { objectionId: string; receiptNo: string };
  let joined: { objectionId: string; receiptNo: string };

  beforeAll(async () => {
    town = await Town.open();
    await town.service.moveClockTo('2030-12-02');
    town.service.peer.answer(archivesReads.divisions, [{ code: village, name: '白莲崖村委会', level: 'village', parentCode: '341525109000' }]);
    town.service.peer.answer(archivesReads.labels, ({ subjectIds }) =>
      subjectIds.map((subjectId) => ({ subjectId, subjectKind: 'household', label: '张*明', subjectNo: `H34152510920401000${town.households.indexOf(subjectId)}`, divisionCode: village, mayPublishName: subjectId !== town.household(1) })),
    );
    town.score = { setHundredths: 9000, vetoed: false, version: 7 };
    const about = town.publish();
    own = await town.file(about);
    joined = await town.file(about, { applicantId: town.household(1), ground: 'others-result' });
    const guests = [{ capacity: 'elder' }, { capacity: 'elder' }, { capacity: 'elder', declaresConflict: true }, { capacity: 'scorer' }];
    await town.service.data(conveneMutation, town.convening(own.objectionId, '2030-12-02', guests), town.secretary);
    for (const { objectionId } of [own, joined]) await town.service.data(hearMutation, town.hearing(objectionId, 'applicant', '2030-12-02'), town.secretary);
  });
  afterAll(() => town.service.close());

  const refused = (given: object) => town.service.refused(answerMutation, town.answering(own.objectionId, { ...given }), town.secretary);
  const sheet = async (objectionId: string, token: string) => (await town.service.data<{ reconsiderationAnswer: Record<string, unknown> }>(sheetQuery, { objectionId }, token)).reconsiderationAnswer;

  it('does not exist before the answer', async () => {
    expect(await town.service.refused(sheetQuery, { objectionId: own.objectionId }, town.secretary)).toMatchObject({ code: 'answer.none', status: 409 });
  });

  it('gives reasons item by item that agree with the decision', async () => {
    expect(await refused({ items })).toMatchObject({ code: 'answer.not-possible', faults: [{ path: 'items', message: expect.stringContaining('维持') as string }] });
    expect(await refused({ outcome: 'score-changed', changedHundredths: '92.00', items: items.slice(1) })).toMatchObject({ code: 'answer.not-possible' });
    expect(await refused({ outcome: 'score-changed', changedHundredths: '92.00', items: [...items, ...items] })).toMatchObject({ faults: [{ message: expect.stringContaining('两次') as string }] });
  });

  it('carries number, masked labels, the decision, the reasons, capacities and dates', async () => {
    const { answerObjection } = await town.service.data<{ answerObjection: { answerNo: string } }>(
      answerMutation.replace('objectionId outcome', 'objectionId answerNo outcome'),
      town.answering(own.objectionId, { outcome: 'score-changed', changedHundredths: '92.00', reasons: '赵六的义务工漏记', items }),
      town.secretary,
    );
    expect(answerObjection.answerNo).toBe(`FY${village}-2030-0001`);
    expect(await sheet(joined.objectionId, town.secretary)).toEqual({
      answerNo: answerObjection.answerNo,
      objectionId: own.objectionId,
      receiptNos: [own.receiptNo, joined.receiptNo],
      divisionName: '白莲崖村委会',
      subjectLabel: '张*明',
      applicantLabels: ['张*明', 'H341525109204010001'],
      outcome: 'score-changed',
      beforeHundredths: '90.00',
      changedHundredths: '92.00',
      reasons: '赵六的义务工漏记',
      decidedBy: 'consensus',
      votesFor: null,
      votesAgainst: null,
      items: [
        { itemCode: 'P01', itemName: '赡养老人、照料周到', change: 'added', reason: '查实赵六参加了两次义务工' },
        { itemCode: 'no-such-item', itemName: null, change: 'kept', reason: '原扣分有事实依据' },
      ],
      panel: expect.arrayContaining([
        { capacity: 'elder', name: '“五老”人员', decided: 2, explained: 0, withdrew: 1 },
        { capacity: 'party-secretary', name: '村党组织书记', decided: 1, explained: 0, withdrew: 0 },
        { capacity: 'scorer', name: '原评议人员', decided: 0, explained: 1, withdrew: 0 },
      ]) as object[],
      hearings: [
        { heard: 'applicant', appeared: true, heardOn: '2030-12-02' },
        { heard: 'applicant', appeared: true, heardOn: '2030-12-02' },
      ],
      receivedOn: '2030-12-02',
      meetingOn: '2030-12-02',
      answerDueOn: '2030-12-07',
      answeredOn: '2030-12-02',
      overdue: false,
    });
  });

  it('is read by the household it is about without learning who else objected, and by nobody it does not concern', async () => {
    const subject = await town.service.villager({ householdId: town.household(0), memberId: newId() });
    expect(await sheet(own.objectionId, subject.token)).toMatchObject({ reasons: '赵六的义务工漏记', receiptNos: [own.receiptNo], applicantLabels: ['张*明'] });
    const other = await town.service.villager({ householdId: town.household(1), memberId: newId() });
    expect(await sheet(joined.objectionId, other.token)).toMatchObject({ receiptNos: [joined.receiptNo], applicantLabels: ['H341525109204010001'] });
    const stranger = await town.service.villager({ householdId: town.household(2), memberId: newId() });
    expect(await town.service.refused(sheetQuery, { objectionId: own.objectionId }, stranger.token)).toMatchObject({ code: 'not-found' });
    const supervisor = await town.service.account({ posts: [{ role: 'village-supervisor', divisionCode: village }] });
    expect(await sheet(own.objectionId, supervisor.token)).toMatchObject({ reasons: null, items: [{ reason: null }, { reason: null }] });
  });

  describe('on paper', () => {
    const page = (objectionId: string, token: string, copyFor = 'applicant') => fetch(`${town.service.url}/reconsideration-answers/${objectionId}?copyFor=${copyFor}`, { headers: { authorization: `Bearer ${token}` } });

    it('is a PDF for the clerk, a copy for each side', async () => {
      for (const copyFor of ['applicant', 'subject']) {
        const answer = await page(joined.objectionId, town.clerk, copyFor);
        expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/pdf']);
        expect(Buffer.from(await answer.arrayBuffer()).subarray(0, 5).toString()).toBe('%PDF-');
      }
      expect(await (await page(own.objectionId, town.clerk, 'everybody')).json()).toMatchObject({ code: 'input.invalid' });
    });

    it('carries only what its addressee may know', async () => {
      const query = sheetQuery.replace('($objectionId: ID!)', '($objectionId: ID!, $copyFor: String)').replace('(objectionId: $objectionId)', '(objectionId: $objectionId, copyFor: $copyFor)');
      const copy = async (copyFor: string) => (await town.service.data<{ reconsiderationAnswer: object }>(query, { objectionId: joined.objectionId, copyFor }, town.clerk)).reconsiderationAnswer;
      expect(await copy('applicant')).toMatchObject({ receiptNos: [joined.receiptNo], applicantLabels: ['H341525109204010001'] });
      expect(await copy('subject')).toMatchObject({ receiptNos: [own.receiptNo], applicantLabels: ['张*明'] });
    });

    it('is not given to who may not read its reasons, nor to another household', async () => {
      const supervisor = await town.service.account({ posts: [{ role: 'village-supervisor', divisionCode: village }] });
      expect((await page(own.objectionId, supervisor.token)).status).toBe(403);
      const subject = await town.service.villager({ householdId: town.household(0), memberId: newId() });
      expect((await page(own.objectionId, subject.token)).status).toBe(200);
      expect((await page(joined.objectionId, subject.token)).status).toBe(404);
    });
  });

  it('is linked to the score it was decided on and to the publication of its outcome', async () => {
    const outcome = { publicationId: newId(), kind: 'publication.reconsideration', owner: 'appeals', key: own.objectionId, divisionCode: village, version: 1, postedOn: '2030-12-03', lastDay: '2030-12-10' } as const;
    town.service.peer.answer(publicityReads.publicationsOf, [{ ...outcome, state: 'posted', objectionLastDay: null, openedAgainAs: null }]);
    await town.service.hear('publication.posted', outcome);
    const { objection } = await town.service.data<{ objection: { objection: { reconsiderationId: string; publicationId: string } } }>(
      'query ($id: ID!) { objection(id: $id) { objection { reconsiderationId publicationId } } }',
      { id: own.objectionId },
      town.secretary,
    );
    const { reconsideration } = await town.service.data<{ reconsideration: object }>(linksQuery, { id: objection.objection.reconsiderationId }, town.secretary);
    expect(reconsideration).toEqual({
      ownerKey: town.roundId,
      publicationId: objection.objection.publicationId,
      objectionIds: [own.objectionId, joined.objectionId],
      answerNo: `FY${village}-2030-0001`,
      answerObjectionId: own.objectionId,
      scoreVersion: 7,
      beforeHundredths: '90.00',
      changedHundredths: '92.00',
      outcomePublicationId: outcome.publicationId,
      outcomeLastDay: '2030-12-10',
    });
  });

  it('keeps no reason in the clear', async () => {
    const { rows } = await town.service.admin.query<{ reason: Buffer }>('SELECT reason FROM appeals.answer_item');
    expect(rows.length).toBe(2);
    expect(rows.map(({ reason }) => reason.toString('utf8')).join()).not.toContain('义务工');
    for (const table of ['audit', 'outbox', 'idempotency']) expect(JSON.stringify((await town.service.admin.query(`SELECT * FROM appeals.${table}`)).rows)).not.toContain('赵六');
  });
});
