import { civilityReads, sharedReads } from '@credit/contracts';
import { newId } from '@credit/platform';
import { allPositives, negative, positive, ReviewTown, veto, village } from './town';

const scan = 'd'.repeat(64);

describe('a filed score that was put down wrongly', () => {
  let town: ReviewTown;
  let correctionId: string;
  beforeAll(async () => {
    town = await ReviewTown.open();
    await town.openRound();
    await town.fileRound([{ householdId: town.household(0), marks: [positive, negative] }, { householdId: town.household(1), marks: [veto] }]);
    await town.postResults('2030-11-20', '2030-11-27');
    for (const { householdId } of town.households) town.told.add(householdId);
  });
  afterAll(() => town.service.close());

  const request = (given: Readonly<Record<string, unknown>> = {}): Record<string, unknown> => ({
    roundId: town.roundId,
    householdId: town.household(0),
    marks: allPositives,
    reason: '调解协议已于 9 月履行，原扣分有误，有村调委会回执',
    scanSha256: scan,
    ...given,
  });
  const final = async (index: number) => (await town.service.ask(civilityReads.finalScores, { villageCode: village }, 'rating')).find(({ householdId }) => householdId === town.household(index));

  it('is corrected in the household’s favour only: to lower a score is what an objection is for', async () => {
    expect(await town.refused('townOfficer', 'requestScoreCorrection', request({ marks: [negative] }))).toMatchObject({ code: 'correction.lowers' });
    expect(await town.refused('townOfficer', 'requestScoreCorrection', request({ marks: [{ itemCode: 'P01' }] }))).toMatchObject({ code: 'score.not-set' });
    expect(await town.refused('townOfficer', 'requestScoreCorrection', request({ scanSha256: 'x' }))).toMatchObject({ code: 'input.invalid' });
    expect(await town.refused('clerk', 'requestScoreCorrection', request())).toMatchObject({ code: 'access.denied' });
  });

  it('waits for the town party committee, another person; meanwhile the filed score stands', async () => {
    const asked = await town.act<{ correctionId: string; score: string }>('townOfficer', 'requestScoreCorrection', 'correctionId score', request());
    expect(asked.score).toBe('100.00');
    ({ correctionId } = asked);
    expect(await town.refused('secretary', 'requestScoreCorrection', request())).toMatchObject({ code: 'correction.open' });
    expect(await town.refused('townOfficer', 'decideScoreCorrection', { correctionId, approved: true, note: '同意更正' })).toMatchObject({ code: 'access.denied' });
    expect(await town.service.ask(sharedReads.publicationContent, { kind: 'publication.correction', key: correctionId }, 'publicity')).toEqual([]);
    expect(await final(0)).toMatchObject({ version: 1 });
  });

  it('gets a version of its own beside the filed one, is told and published', async () => {
    expect(await town.act('committee', 'decideScoreCorrection', 'approved version', { correctionId, approved: true, note: '经核实，同意更正' })).toEqual({ approved: true, version: 2 });
    expect(await town.refused('committee', 'decideScoreCorrection', { correctionId, approved: true, note: '经核实，同意更正' })).toMatchObject({ code: 'correction.decided' });
    const { householdsByIds } = await town.query<{ householdsByIds: { civilityScores: object[] }[] }>(
      'committee',
      'query ($ids: [ID!]!) { householdsByIds(ids: $ids) { civilityScores { score versions { version score cause correctionId reason } } } }',
      { ids: [town.household(0)] },
    );
    expect(householdsByIds[0]?.civilityScores).toMatchObject([{ score: '100.00', versions: [{ version: 1, cause: 'group' }, { version: 2, cause: 'correction', correctionId, reason: expect.stringContaining('调解协议已于') as string }] }]);
    expect((await town.service.told('publication.requested')).at(-1)).toEqual({ kind: 'publication.correction', owner: 'civility', key: correctionId, divisionCode: village });
    expect((await town.service.told('notification.requested')).at(-1)).toMatchObject({ template: 'score-corrected', subjectId: town.household(0) });
    expect(await town.service.ask(sharedReads.publicationContent, { kind: 'publication.correction', key: correctionId }, 'publicity')).toMatchObject([{ heading: { year: '2030' } }, { subjectId: town.household(0), result: '更正为100.00分' }]);
  });

  it('is not final before the outcome has hung its time', async () => {
    await town.service.moveClockTo('2030-12-08');
    expect(await final(2)).toMatchObject({ final: true });
    expect(await final(0)).toMatchObject({ final: false, notFinalReason: 'outcome-in-publication' });
    town.publish('publication.correction', { key: correctionId, postedOn: '2030-12-08', lastDay: '2030-12-15' });
    await town.service.moveClockTo('2030-12-16');
    expect(await final(0)).toMatchObject({ final: true, hundredths: 10_000 });
  });

  it('stays as it is when the committee says no, and when it changed meanwhile', async () => {
    const asked = await town.act<{ correctionId: string }>('townOfficer', 'requestScoreCorrection', 'correctionId', request({ householdId: town.household(1), marks: [] }));
    await town.act('committee', 'decideScoreCorrection', 'approved', { correctionId: asked.correctionId, approved: false, note: '判决仍然有效，不同意更正' });
    expect(await final(1)).toMatchObject({ hundredths: 0, vetoed: true });
    const again = await town.act<{ correctionId: string }>('townOfficer', 'requestScoreCorrection', 'correctionId', request({ householdId: town.household(1), marks: [] }));
    const objectionId = newId();
    town.answers.set(objectionId, { objectionId, subjectId: town.household(1), publicationId: newId(), key: town.roundId, outcome: 'score-changed', changedHundredths: 7800, vetoLifted: true, answeredOn: '2030-12-16' });
    await town.service.hear('reconsideration.answered', { owner: 'civility', objectionId, subjectId: town.household(1), outcome: 'score-changed' });
    await town.service.until(async () => (await final(1))?.version === 2, 'the answer to be applied');
    expect(await town.refused('committee', 'decideScoreCorrection', { correctionId: again.correctionId, approved: true, note: '同意更正' })).toMatchObject({ code: 'conflict.changed' });
  });

  it('keeps its reason sealed', async () => {
    const { rows } = await town.service.admin.query<{ text: string }>('SELECT correction::text AS text FROM civility.correction UNION ALL SELECT score::text FROM civility.score UNION ALL SELECT audit::text FROM civility.audit');
    expect(rows.map(({ text }) => text).join()).not.toContain('调解协议');
  });
});
