import { groupOne, groupTwo, ReviewTown, village } from './town';

const flagsQuery = 'query ($roundId: ID!) { precheckFlags(roundId: $roundId) { householdId category categoryZh } }';

describe('the pre-check of county feedback', () => {
  let town: ReviewTown;
  let entryIds: string[];
  beforeAll(async () => {
    town = await ReviewTown.open();
    await town.prepare();
    await town.form(groupOne, ReviewTown.review());
    await town.form(groupTwo, ReviewTown.review());
    await town.form('village', ReviewTown.deliberation());
    town.publish('publication.content');
  });
  afterAll(() => town.service.close());

  const entry = (index: number, given: Readonly<Record<string, unknown>> = {}) => ({ householdId: town.household(index), category: 'V01', documentNo: '（2029）皖1525刑初12号', effectiveOn: '2029-03-01', ...given });
  const importing = (...entries: unknown[]) => ({ roundId: town.roundId, entries });

  it('drops what took effect before the three years, with the date, and does not store it', async () => {
    const answered = await town.act<{ entryIds: string[]; dropped: unknown[]; countedFrom: string }>(
      'townOfficer',
      'importPrecheckFeedback',
      'entryIds countedFrom dropped { index effectiveOn }',
      importing(entry(0), entry(1, { effectiveOn: '2027-10-31' }), entry(2, { category: 'V04', effectiveOn: '2027-11-01' })),
    );
    expect(answered).toMatchObject({ countedFrom: '2027-11-01', dropped: [{ index: 1, effectiveOn: '2027-10-31' }] });
    expect(answered.entryIds).toHaveLength(2);
    ({ entryIds } = answered);
    const { rows } = await town.service.admin.query<{ n: number }>('SELECT count(*)::int AS n FROM civility.precheck_entry');
    expect(rows[0]?.n).toBe(2);
  });

  it('refuses kinds the law seals, and what does not fit the round', async () => {
    expect(await town.refused('townOfficer', 'importPrecheckFeedback', importing(entry(0, { category: 'V05' })))).toMatchObject({ code: 'precheck.sealed', faults: [{ path: 'entries.0.category' }] });
    const problem = await town.refused('townOfficer', 'importPrecheckFeedback', importing(entry(0, { category: 'P01' }), entry(1, { householdId: town.roundId }), entry(2, { effectiveOn: '2030-11-02' })));
    expect(problem).toMatchObject({ code: 'input.invalid', faults: [{ path: 'entries.0.category' }, { path: 'entries.1.householdId' }, { path: 'entries.2.effectiveOn' }] });
  });

  it('stops the opening until the town has decided every entry', async () => {
    await town.service.moveClockTo('2030-11-05');
    expect(await town.refused('townOfficer', 'openRound', { roundId: town.roundId })).toMatchObject({ code: 'round.precheck-open', facts: { undecided: 2 } });
    expect(await town.refused('secretary', 'decidePrecheck', { entryId: entryIds[0], verdict: 'flagged' })).toMatchObject({ code: 'access.denied' });
    await town.act('townOfficer', 'decidePrecheck', 'verdict', { entryId: entryIds[0], verdict: 'flagged' });
    await town.act('townOfficer', 'decidePrecheck', 'verdict', { entryId: entryIds[1], verdict: 'cleared' });
    expect(await town.refused('townOfficer', 'decidePrecheck', { entryId: entryIds[1], verdict: 'flagged' })).toMatchObject({ code: 'precheck.decided' });
    await town.act('townOfficer', 'openRound', 'state', { roundId: town.roundId });
  });

  it('shows the village party organisation the category and the flag only', async () => {
    expect(await town.query('secretary', flagsQuery)).toEqual({ precheckFlags: [{ householdId: town.household(0), category: 'V01', categoryZh: '生效的刑事判决（未成年人除外）' }] });
    const entries = 'query ($roundId: ID!) { precheckEntries(roundId: $roundId) { documentNo } }';
    expect(await town.service.refused(entries, { roundId: town.roundId }, town.people.secretary.token)).toMatchObject({ code: 'access.denied' });
    expect(await town.query('townOfficer', entries)).toMatchObject({ precheckEntries: [{ documentNo: '（2029）皖1525刑初12号' }, {}] });
  });

  it('shows a bank nothing, whatever other post its member holds', async () => {
    const banker = await town.service.account({ posts: [{ role: 'village-secretary', divisionCode: village }] });
    await town.form('village', ReviewTown.deliberation({ capacity: 'bank-adviser', accountId: banker.accountId }), { reason: '增加金融机构指导人员' });
    expect(await town.service.refused(flagsQuery, { roundId: town.roundId }, banker.token)).toMatchObject({ code: 'access.denied' });
    const verifier = await town.service.account({ posts: [{ role: 'village-secretary', divisionCode: village }, { role: 'bank-verifier', divisionCode: village }] });
    expect(await town.service.refused(flagsQuery, { roundId: town.roundId }, verifier.token)).toMatchObject({ code: 'access.denied' });
    expect(await town.service.refused(flagsQuery, { roundId: town.roundId }, town.people.clerk.token)).toMatchObject({ code: 'access.denied' });
  });

  it('a flagged household is vetoed without the village knowing the document', async () => {
    await town.confirmTable(groupOne, [{ householdId: town.household(0), marks: [{ itemCode: 'V01' }] }]);
    const { roundHouseholds } = await town.query<{ roundHouseholds: { rows: { score: string; vetoed: boolean }[] } }>('clerk', 'query ($roundId: ID!) { roundHouseholds(roundId: $roundId, first: 1) { rows { score vetoed } } }');
    expect(roundHouseholds.rows).toEqual([{ score: '0.00', vetoed: true }]);
  });

  it('a flag that was not counted stops the filing', async () => {
    await town.confirmTable(groupTwo);
    const { entryIds: late } = await town.act<{ entryIds: string[] }>('townOfficer', 'importPrecheckFeedback', 'entryIds', importing(entry(4)));
    await town.act('townOfficer', 'decidePrecheck', 'verdict', { entryId: late[0], verdict: 'flagged' });
    await town.beginDeliberation();
    await town.examineAll();
    await town.act('secretary', 'handIn', 'state', { roundId: town.roundId });
    expect(await town.refused('committee', 'fileRound', { roundId: town.roundId })).toMatchObject({ code: 'round.flag-not-counted', facts: { householdIds: [town.household(4)] } });
  });
});
