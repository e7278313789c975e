import { appealsReads, type PublicationKind, publicityReads, sharedReads } from '@credit/contracts';
import { newId } from '@credit/platform';
import type { SignedIn } from '@credit/testing';
import { CertifiedVillage, scan, town, village } from './certified';
import { group, household } from './facts';

const reasons = '已到银行核对还款凭证，逾期本息已全部结清。';

describe('信用修复: who put a fact right applies, two levels check, it hangs, and from the decision on it counts no longer', () => {
  let at: CertifiedVillage;
  let secretary: SignedIn;
  let townOfficer: SignedIn;
  let otherOfficer: SignedIn;
  const [late, other, old] = [newId(), newId(), newId()];
  const overdue = { longestOverdueDays24m: '60' };
  const applying = (subjectId: string, fact = 'overdue', endedOn = '2030-10-01') => ({ subjectId, fact, endedOn, statement: '贷款本息已经还清，请求修复', proofSha256: scan, pledgeSha256: scan });
  const check = (repairId: string, confirmed = true) => ({ repairId, confirmed, reasons });
  const hangs = (repairId: string, lastDay: string) =>
    at.service.peer.answer(publicityReads.publicationsOf, [
      { publicationId: newId(), kind: 'publication.repair' as PublicationKind, owner: 'rating', key: repairId, divisionCode: village, state: 'posted', version: 1, postedOn: '2031-01-20', lastDay, objectionLastDay: lastDay, openedAgainAs: null },
    ]);
  const gradeAfter = async (subjectId: string, cause = 'repair'): Promise<string | null | undefined> => {
    const [rating] = await at.ratingsOf(subjectId);
    const given = { ratingId: rating?.id, cause, reasons, evidenceSha256: scan };
    const answer = await at.service.graph<{ proposeRegrade: { toGrade: string | null } }>('mutation ($input: ProposeRegradeArgs!) { proposeRegrade(input: $input) { toGrade } }', { input: { requestId: newId(), ...given } }, at.officer.token);
    return answer.data ? answer.data.proposeRegrade.toGrade : (answer.errors?.[0]?.extensions.code ?? null);
  };

  beforeAll(async () => {
    at = await CertifiedVillage.start([household(late, overdue), household(other, overdue), household(old, overdue)]);
    const account = (role: string, divisionCode: string) => at.service.account({ posts: [{ role, divisionCode }] });
    [secretary, townOfficer, otherOfficer] = [await account('village-secretary', village), await account('town-officer', town), await account('county-officer', '341525000000')];
    await at.service.moveClockTo('2031-01-20');
  });
  afterAll(() => at.service.close());

  describe('of a household that repaid', () => {
    let repairId: string;

    it('is applied for by itself or the clerk with its paper, for a fact that stands in the file, after the wait of its level', async () => {
      expect(await at.refused(await at.villagerOf(other), 'applyForRepair', 'ApplyForRepairArgs', applying(late))).toMatchObject({ code: 'not-found' });
      expect(await at.refused(at.clerk, 'applyForRepair', 'ApplyForRepairArgs', applying(late))).toMatchObject({ code: 'input.invalid', faults: [{ path: 'scanSha256' }] });
      const own = await at.villagerOf(late);
      expect(await at.refused(own, 'applyForRepair', 'ApplyForRepairArgs', applying(late, 'court-defaulter', '2030-01-01'))).toMatchObject({ code: 'repair.no-such-fact' });
      // Three months after 21 October is 21 January, tomorrow.
      expect(await at.refused(own, 'applyForRepair', 'ApplyForRepairArgs', applying(late, 'overdue', '2030-10-21'))).toMatchObject({ code: 'repair.too-early', facts: { earliest: '2031-01-21' } });
      const receipt = await at.act<{ repairId: string; level: string }>(own, 'applyForRepair', 'ApplyForRepairArgs', applying(late, 'overdue', '2030-10-20'), 'repairId level');
      expect(receipt.level).toBe('general');
      ({ repairId } = receipt);
      expect(await at.refused(at.clerk, 'applyForRepair', 'ApplyForRepairArgs', { ...applying(late), scanSha256: scan })).toMatchObject({ code: 'repair.open' });
    });

    it('is checked by the village and by the town, different people, and only then hung: the subject, not the fact', async () => {
      expect(await at.refused(townOfficer, 'checkRepairByTown', 'CheckRepairArgs', check(repairId))).toMatchObject({ code: 'repair.other-step' });
      expect(await at.act(secretary, 'checkRepairByVillage', 'CheckRepairArgs', check(repairId), 'state')).toEqual({ state: 'village-checked' });
      const both = await at.service.account({ accountId: secretary.accountId, posts: [{ role: 'town-officer', divisionCode: town }] });
      expect(await at.refused(both, 'checkRepairByTown', 'CheckRepairArgs', check(repairId))).toMatchObject({ code: 'repair.same-person' });
      expect(await at.act(townOfficer, 'checkRepairByTown', 'CheckRepairArgs', check(repairId), 'state')).toEqual({ state: 'published' });
      expect((await at.service.told('publication.requested')).at(-1)).toEqual({ kind: 'publication.repair', owner: 'rating', key: repairId, divisionCode: village });
      expect(await at.service.ask(sharedReads.publicationContent, { kind: 'publication.repair', key: repairId }, 'publicity')).toEqual([{ heading: { year: '2031', subjects: '1' } }, { subjectId: late, groupCode: group, result: null }]);
    });

    it('is decided after it hung its full time without an open objection; until then the fact counts', async () => {
      const granting = { repairId, outcome: 'granted', reasons };
      hangs(repairId, '2031-01-27');
      await at.service.moveClockTo('2031-01-27T23:59:59.000+08:00');
      expect(await at.refused(at.officer, 'decideRepair', 'DecideRepairArgs', granting)).toMatchObject({ code: 'repair.still-published' });
      expect(await gradeAfter(late)).toBe('regrade.no-change');
      await at.service.moveClockTo('2031-01-28');
      const objection = { objectionId: newId(), subjectId: late, publicationId: newId() };
      at.service.peer.answer(appealsReads.openObjections, [{ ...objection, state: 'received', receivedOn: '2031-01-27', answerDueOn: '2031-02-01' }]);
      expect(await at.refused(at.officer, 'decideRepair', 'DecideRepairArgs', granting)).toMatchObject({ code: 'repair.objection-open' });
      at.service.peer.answer(appealsReads.openObjections, []);
      at.service.peer.answer(appealsReads.changedAnswers, [{ objectionId: objection.objectionId, subjectId: late, key: repairId }]);
      expect(await at.refused(at.officer, 'decideRepair', 'DecideRepairArgs', granting)).toMatchObject({ code: 'repair.objection-upheld' });
      at.service.peer.answer(appealsReads.changedAnswers, []);
      expect(await at.act(at.officer, 'decideRepair', 'DecideRepairArgs', granting, 'state on')).toEqual({ state: 'granted', on: '2031-01-28' });
      const { creditRepairs } = await at.service.data<{ creditRepairs: { rows: object[] } }>('{ creditRepairs { rows { state decidedOn observationLastDay reasons statement } } }', {}, (await at.villagerOf(late)).token);
      expect(creditRepairs.rows).toEqual([{ state: 'granted', decidedOn: '2031-01-28', observationLastDay: '2031-07-28', reasons, statement: '贷款本息已经还清，请求修复' }]);
      expect((await at.service.told('notification.requested')).at(-1)).toMatchObject({ template: 'repair-decided', subjectId: late });
    });

    it('takes the fact out of the score from that day, and puts the household on the worklist', async () => {
      const { ratingRechecks } = await at.service.data<{ ratingRechecks: { rows: object[] } }>('{ ratingRechecks { rows { subjectId causes } } }', {}, at.officer.token);
      expect(ratingRechecks.rows).toEqual([{ subjectId: late, causes: ['repair'] }]);
      const before = (await at.ratingsOf(late))[0]?.grade;
      expect([before, await gradeAfter(late)]).toEqual(['AA', 'AAA']);
      const { rows } = await at.service.admin.query<{ text: string }>('SELECT repair::text AS text FROM rating.repair UNION ALL SELECT adverse_fact::text FROM rating.adverse_fact UNION ALL SELECT audit::text FROM rating.audit UNION ALL SELECT idempotency::text FROM rating.idempotency');
      expect(rows.map(({ text }) => text).join()).not.toMatch(/还清|还款凭证/);
    });
  });

  it('a refusal gives reasons and is reviewed once, by another person, within the days; a check’s refusal first has to hang', async () => {
    const { repairId } = await at.act<{ repairId: string }>(at.clerk, 'applyForRepair', 'ApplyForRepairArgs', { ...applying(other), scanSha256: scan }, 'repairId');
    expect(await at.act(secretary, 'checkRepairByVillage', 'CheckRepairArgs', check(repairId, false), 'state')).toEqual({ state: 'refused' });
    const asking = { repairId, statement: '还款凭证已经补齐，请求复核' };
    await at.service.moveClockTo('2031-02-12T23:59:59.000+08:00');
    expect(await at.act(await at.villagerOf(other), 'requestRepairReview', 'RequestRepairReviewArgs', asking, 'state')).toEqual({ state: 'review' });
    expect(await at.act(at.officer, 'decideRepair', 'DecideRepairArgs', { repairId, outcome: 'granted', reasons }, 'state')).toEqual({ state: 'published' });
    hangs(repairId, '2031-02-19');
    await at.service.moveClockTo('2031-02-20');
    expect(await at.act(at.officer, 'decideRepair', 'DecideRepairArgs', { repairId, outcome: 'refused', reasons }, 'state')).toEqual({ state: 'refused' });
    expect(await at.refused(at.clerk, 'requestRepairReview', 'RequestRepairReviewArgs', asking)).toMatchObject({ code: 'repair.other-step' });
  });

  it('what was refused leaves the score all the same five years after it ended; a new fact of another value counts', async () => {
    const { repairId } = await at.act<{ repairId: string }>(await at.villagerOf(old), 'applyForRepair', 'ApplyForRepairArgs', applying(old, 'overdue', '2026-03-01'), 'repairId');
    await at.act(secretary, 'checkRepairByVillage', 'CheckRepairArgs', check(repairId), 'state');
    await at.act(townOfficer, 'checkRepairByTown', 'CheckRepairArgs', check(repairId), 'state');
    hangs(repairId, '2031-02-27');
    await at.service.moveClockTo('2031-02-28');
    await at.act(at.officer, 'decideRepair', 'DecideRepairArgs', { repairId, outcome: 'refused', reasons }, 'state');
    expect(await at.refused(otherOfficer, 'decideRepair', 'DecideRepairArgs', { repairId, outcome: 'granted', reasons })).toMatchObject({ code: 'repair.other-step' });
    await at.act(await at.villagerOf(old), 'requestRepairReview', 'RequestRepairReviewArgs', { repairId, statement: '请求复核' }, 'state');
    expect(await at.refused(at.officer, 'decideRepair', 'DecideRepairArgs', { repairId, outcome: 'granted', reasons })).toMatchObject({ code: 'repair.same-person' });
    expect(await at.act(otherOfficer, 'decideRepair', 'DecideRepairArgs', { repairId, outcome: 'refused', reasons }, 'state')).toEqual({ state: 'refused' });
    await at.service.moveClockTo('2031-03-01');
    expect(await gradeAfter(old)).toBe('regrade.no-change');
    await at.service.moveClockTo('2031-03-02');
    at.change(old, { longestOverdueDays24m: '61' });
    expect(await gradeAfter(old)).toBe('regrade.no-change');
    at.change(old, overdue);
    expect(await gradeAfter(old)).toBe('AAA');
  });

  it('a pledge broken under observation, or a new fact of the item, makes it count again; a dropped proposal, or a time after the observation, does not', async () => {
    const openRegrade = async () => (await at.service.data<{ ratingRegrades: { rows: { id: string; subjectId: string }[] } }>('{ ratingRegrades(openOnly: true) { rows { id subjectId } } }', {}, at.officer.token)).ratingRegrades.rows.find(({ subjectId }) => subjectId === late)?.id;
    const decide = async (mutation: string) => at.act(otherOfficer, mutation, 'DecideRegradeArgs', { regradeId: await openRegrade(), decision: reasons }, 'outcome');
    await decide('applyRegrade');
    expect((await at.ratingsOf(late))[0]).toMatchObject({ grade: 'AAA', state: 'valid' });
    for (const cause of ['pledge-broken', 'overdue']) {
      expect(await gradeAfter(late, cause)).toBe('AA');
      await decide('dropRegrade');
      expect(await gradeAfter(late)).toBe('regrade.no-change');
    }
    expect(await gradeAfter(late, 'non-performing')).toBe('regrade.no-change');
    await at.service.moveClockTo('2031-07-29');
    expect(await gradeAfter(late, 'pledge-broken')).toBe('regrade.no-change');
  });
});
