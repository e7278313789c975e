import { newId } from '@credit/platform';
import type { SignedIn } from '@credit/testing';
import { CertifiedVillage, scan, town, village } from './certified';
import { group, household } from './facts';

const poor = { longestOverdueDays24m: '60', nonPerformingLoan: 'yes', netIncomePerHead: '5000.00', netAssets: '-1000.00', ableWorkers: '0' };

describe('名册: honour by consent, constraints by number and law, candidates as they are today', () => {
  let at: CertifiedVillage;
  let townOfficer: SignedIn;
  let secretary: SignedIn;
  let elsewhere: SignedIn;
  const best = [newId(), newId(), newId()].toSorted();
  const [first = '', second = '', third = ''] = best;
  const [civil, justBelow, unwilling] = [newId(), newId(), newId()];
  const ids = async (who: SignedIn, query: string) => (await at.service.data<Record<string, { rows: { subjectId: string }[] }>>(`{ ${query} { rows { subjectId } } }`, {}, who.token))[query.split('(')[0] ?? '']?.rows.map(({ subjectId }) => subjectId);

  beforeAll(async () => {
    const scores = new Map([[civil, 9000], [justBelow, 8999], [unwilling, 9000]]);
    at = await CertifiedVillage.start([...best.map((id) => household(id)), ...[civil, justBelow, unwilling].map((id) => household(id, poor))], scores);
    const account = (role: string, divisionCode: string) => at.service.account({ posts: [{ role, divisionCode }] });
    [townOfficer, secretary, elsewhere] = [await account('town-officer', town), await account('village-secretary', village), await account('town-officer', '341525110000')];
  });
  afterAll(() => at.service.close());

  it('are read by the county and the town only, each its own division', async () => {
    for (const query of ['honourList', 'creditConstraints', 'leaderCandidates', `supportList(villageCode: "${village}")`]) {
      for (const who of [secretary, at.clerk, await at.villagerOf(first)]) expect(await at.service.refused(`{ ${query} { nextCursor } }`, {}, who.token)).toMatchObject({ code: 'access.denied' });
    }
    expect(await at.service.refused(`{ supportList(villageCode: "${village}") { nextCursor } }`, {}, elsewhere.token)).toMatchObject({ code: 'access.outside-division' });
    expect(await ids(elsewhere, 'leaderCandidates')).toEqual([]);
  });

  it('honours nobody without the own consent, and takes the name off at once when it is withdrawn', async () => {
    expect(await ids(townOfficer, 'honourList')).toEqual([]);
    expect(await at.refused(await at.villagerOf(first), 'consentToHonour', 'HonourConsentArgs', { subjectId: second })).toMatchObject({ code: 'not-found' });
    expect(await at.refused(at.clerk, 'consentToHonour', 'HonourConsentArgs', { subjectId: second })).toMatchObject({ code: 'input.invalid', faults: [{ path: 'scanSha256' }] });
    await at.act(await at.villagerOf(first), 'consentToHonour', 'HonourConsentArgs', { subjectId: first }, 'on');
    await at.act(at.clerk, 'consentToHonour', 'HonourConsentArgs', { subjectId: second, scanSha256: scan }, 'on');
    await at.act(await at.villagerOf(civil), 'consentToHonour', 'HonourConsentArgs', { subjectId: civil }, 'on');
    expect(await ids(townOfficer, 'honourList')).toEqual([first, second]);
    await at.act(await at.villagerOf(first), 'withdrawHonourConsent', 'HonourConsentArgs', { subjectId: first }, 'on');
    expect(await ids(townOfficer, 'honourList')).toEqual([second]);
    expect(await at.refused(await at.villagerOf(first), 'withdrawHonourConsent', 'HonourConsentArgs', { subjectId: first })).toMatchObject({ code: 'not-found' });
  });

  it('constrains by number only, on a legal basis and until a day, tells the household, and promises ordinary service', async () => {
    const entering = { subjectId: civil, legalBasis: 'court-judgment', documentSha256: scan, lastDay: '2032-01-18' };
    expect(await at.refused(at.officer, 'enterCreditConstraint', 'EnterConstraintArgs', { ...entering, legalBasis: 'gossip' })).toMatchObject({ code: 'input.invalid', faults: [{ path: 'legalBasis' }] });
    expect(await at.refused(at.officer, 'enterCreditConstraint', 'EnterConstraintArgs', { ...entering, lastDay: '2034-01-19' })).toMatchObject({ code: 'input.invalid', faults: [{ path: 'lastDay' }] });
    const { constraintId } = await at.act<{ constraintId: string }>(at.officer, 'enterCreditConstraint', 'EnterConstraintArgs', entering, 'constraintId');
    expect(await at.refused(at.officer, 'enterCreditConstraint', 'EnterConstraintArgs', entering)).toMatchObject({ code: 'constraint.entered' });
    expect((await at.service.told('notification.requested')).at(-1)).toMatchObject({ template: 'constraint-entered', subjectId: civil });
    const register = async () => (await at.service.data<{ creditConstraints: { rows: object[] } }>('{ creditConstraints { rows { subjectNo legalBasis lastDay ordinaryService } } }', {}, townOfficer.token)).creditConstraints.rows;
    expect(await register()).toEqual([{ subjectNo: `H${group}0001`, legalBasis: expect.stringContaining('民事诉讼法') as string, lastDay: '2032-01-18', ordinaryService: expect.stringContaining('不得') as string }]);
    await at.act(at.officer, 'removeCreditConstraint', 'RemoveConstraintArgs', { constraintId }, 'removedOn');
    expect(await register()).toEqual([]);
    await at.act(at.officer, 'enterCreditConstraint', 'EnterConstraintArgs', { ...entering, lastDay: '2031-01-18' }, 'constraintId');
    expect(await register()).toHaveLength(1);
    await at.service.moveClockTo('2031-01-19');
    expect(await register()).toEqual([]);
  });

  it('names as leaders whoever holds a valid AAA that nobody proposed to change, page by page, with the reason', async () => {
    const query = 'query ($after: String) { leaderCandidates(first: 2, after: $after) { rows { subjectId reason } nextCursor } }';
    type Page = { leaderCandidates: { rows: { subjectId: string; reason: string }[]; nextCursor: string | null } };
    const { leaderCandidates: page } = await at.service.data<Page>(query, {}, townOfficer.token);
    expect(page.rows).toEqual([first, second].map((subjectId) => ({ subjectId, reason: 'AAA 级评定有效至 2032-01-18' })));
    const { leaderCandidates: rest } = await at.service.data<Page>(query, { after: page.nextCursor }, townOfficer.token);
    expect(rest).toMatchObject({ rows: [{ subjectId: third }], nextCursor: null });
    at.change(third, { courtDefaulter: 'yes' });
    const [rating] = await at.ratingsOf(third);
    await at.act(at.officer, 'proposeRegrade', 'ProposeRegradeArgs', { ratingId: rating?.id, cause: 'court-listing', reasons: '县法院公布的名单列有户主，已核对。', evidenceSha256: scan }, 'regradeId');
    expect(await ids(townOfficer, 'leaderCandidates')).toEqual([first, second]);
  });

  it('offers support to those below A with a civility of at least 90 who said they are willing, as long as they are', async () => {
    const support = `supportList(villageCode: "${village}")`;
    expect(await ids(townOfficer, support)).toEqual([]);
    for (const subjectId of [civil, justBelow, first]) await at.act(await at.villagerOf(subjectId), 'recordSupportWish', 'RecordSupportWishArgs', { subjectId, willing: true }, 'recordedOn');
    await at.act(at.clerk, 'recordSupportWish', 'RecordSupportWishArgs', { subjectId: unwilling, willing: false, scanSha256: scan }, 'recordedOn');
    const { supportList } = await at.service.data<{ supportList: { rows: object[] } }>(`{ ${support} { rows { subjectId reason } } }`, {}, townOfficer.token);
    expect(supportList.rows).toEqual([{ subjectId: civil, reason: expect.stringMatching(/^[BCD] 级；评议 90\.00 分，不低于 90 分；2031-01-19 登记有发展意愿$/) as string }]);
    await at.act(await at.villagerOf(civil), 'recordSupportWish', 'RecordSupportWishArgs', { subjectId: civil, willing: false }, 'recordedOn');
    expect(await ids(townOfficer, support)).toEqual([]);
  });
});
