import { archivesReads } from '@credit/contracts';
import { newId } from '@credit/platform';
import { expectInOrder, readPdf, type SignedIn, textOf } from '@credit/testing';
import { CertifiedVillage, scan, town } from './certified';
import { group, household } from './facts';

const reasons = '县法院二〇三一年一月二十日公布的名单列有户主，已与原件核对。';
const explained = 'id subjectId subjectKind villageCode status reasons total grade creditSubject civility quantitative lines { indicator name value band points maximum source nearest } explanation { summary counted notCounted strongest raises }';

describe('on paper and as data: why a household has its grade, and the certificate', () => {
  let at: CertifiedVillage;
  const [good, late, refusing, unchecked] = [newId(), newId(), newId(), newId()];
  const get = (who: SignedIn, path: string): Promise<Response> => fetch(`${at.service.url}${path}`, { headers: { authorization: `Bearer ${who.token}` } });
  const refusal = async (who: SignedIn, path: string): Promise<[number, string]> => {
    const answer = await get(who, path);
    return [answer.status, ((await answer.json()) as { code: string }).code];
  };
  const printed = async (who: SignedIn, path: string): Promise<string> => {
    const answer = await get(who, path);
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('cache-control')]).toEqual([200, 'application/pdf', 'no-store']);
    return textOf(readPdf(Buffer.from(await answer.arrayBuffer())));
  };
  const resultOf = async (subjectId: string): Promise<{ id: string; lines: object[]; total: string; grade: string }> => {
    const query = `query ($ids: [ID!]!) { householdsByIds(ids: $ids) { latestResult { ${explained} } } }`;
    const { householdsByIds } = await at.service.data<{ householdsByIds: { latestResult: { id: string; lines: object[]; total: string; grade: string } }[] }>(query, { ids: [subjectId] }, at.officer.token);
    return householdsByIds[0]?.latestResult ?? { id: '', lines: [], total: '', grade: '' };
  };
  const ratingOf = async (subjectId: string) => (await at.ratingsOf(subjectId))[0] ?? { id: '', certificateNo: '' };

  beforeAll(async () => {
    at = await CertifiedVillage.start([
      household(good),
      household(late, { longestOverdueDays24m: '60', nonPerformingLoan: 'yes' }),
      household(refusing, {}, { consent: { economics: false, credit: true } }),
      household(unchecked, {}, { fileState: 'collected', verifiedOn: null }),
    ]);
    const labels = new Map([[good, '张*明'], [late, '李*'], [refusing, '王*芳'], [unchecked, '赵*']]);
    at.service.peer.answer(archivesReads.labels, ({ subjectIds }) =>
      subjectIds.flatMap((subjectId) => {
        const label = labels.get(subjectId);
        return label === undefined ? [] : [{ subjectId, subjectKind: 'household' as const, label, subjectNo: `H${group}0001`, divisionCode: group, mayPublishName: false }];
      }),
    );
  });
  afterAll(() => at.service.close());

  describe('the explanation', () => {
    it('as data is what the graph tells, to the household itself and to the county', async () => {
      const [{ id }, { id: resultId, ...told }] = [await ratingOf(late), await resultOf(late)];
      const expected = { resultId, ratedOn: '2031-01-10', scorecard: { name: '农户信用评分卡', version: 1 }, ...told };
      for (const who of [await at.villagerOf(late), at.officer, at.director]) {
        for (const key of [id, resultId]) {
          const answer = await get(who, `/ratings/${key}/explanation`);
          expect([answer.headers.get('cache-control'), await answer.json()]).toEqual(['no-store', expected]);
        }
      }
      expect(told.lines).toHaveLength(13);
    });

    it('on paper says the grade, the strongest reasons, how to raise it, every line and what can be done', async () => {
      const { total, grade } = await resultOf(late);
      const text = await printed(await at.villagerOf(late), `/ratings/${(await ratingOf(late)).id}/explanation.pdf`);
      expectInOrder(text, [
        '信用评级说明', `李*户编号：H${group}0001白莲崖村`, '评级日：2031年1月10日', '评分卡：农户信用评分卡第1版', '打印日：2031年1月18日', `总分${total}分，等级${grade}`, '影响最大的原因', '1．“近24个月最长逾期”', '怎样提高', '等级可升为',
        '逐项得分', 'H01近24个月最长逾期', '60', '逾期不超过90天', '6.00', '20.00', 'H13自报与核查一致性', '无实质差异', '定量部分合计', '乡风文明评议', '90.00', '可以申请人工复核',
      ]);
    });

    it('is there for whoever could not be rated, with why not', async () => {
      const refused = await printed(await at.villagerOf(refusing), `/ratings/${(await resultOf(refusing)).id}/explanation.pdf`);
      expectInOrder(refused, ['未授权使用经济或信贷信息，暂不评定等级。', '没有评定等级的原因', '1．没有授权使用经济或信贷信息', '没有计入的', '人均纯收入与村中位数之比', 'H04人均纯收入与村中位数之比', '未计入']);
      const waiting = await printed(at.officer, `/ratings/${(await resultOf(unchecked)).id}/explanation.pdf`);
      expectInOrder(waiting, ['本次没有测评。', '没有评定等级的原因', '1．信用档案尚未完成校核。', '可以申请人工复核']);
      expect(waiting).not.toContain('逐项得分');
    });

    it('is for nobody else: no other household, no village or town, no other county', async () => {
      const paths = [`/ratings/${(await ratingOf(late)).id}/explanation`, `/ratings/${(await ratingOf(late)).id}/explanation.pdf`];
      const townOfficer = await at.service.account({ posts: [{ role: 'town-officer', divisionCode: town }] });
      const elsewhere = await at.service.account({ posts: [{ role: 'county-officer', divisionCode: '341524000000' }] });
      for (const path of paths) {
        expect(await refusal(await at.villagerOf(good), path)).toEqual([404, 'not-found']);
        for (const who of [at.clerk, townOfficer]) expect(await refusal(who, path)).toEqual([403, 'access.denied']);
        expect(await refusal(elsewhere, path)).toEqual([403, 'access.outside-division']);
        expect((await fetch(`${at.service.url}${path}`)).status).toBe(401);
      }
      expect(await refusal(at.officer, `/ratings/${newId()}/explanation`)).toEqual([404, 'not-found']);
    });

    it('is never that of a change that was only proposed', async () => {
      await at.service.moveClockTo('2031-01-20');
      const before = await resultOf(good);
      at.change(good, { courtDefaulter: 'yes' });
      await at.act(at.officer, 'proposeRegrade', 'ProposeRegradeArgs', { ratingId: (await ratingOf(good)).id, cause: 'court-listing', reasons, evidenceSha256: scan }, 'regradeId');
      const { rows } = await at.service.admin.query<{ tried: string }>('SELECT after_result_id AS tried FROM rating.regrade');
      expect(rows).toHaveLength(1);
      const own = await at.villagerOf(good);
      expect(await refusal(own, `/ratings/${rows[0]?.tried ?? ''}/explanation`)).toEqual([404, 'not-found']);
      expect(await (await get(own, `/ratings/${before.id}/explanation`)).json()).toMatchObject({ grade: before.grade });
    });
  });

  describe('the certificate', () => {
    it('has number, holder, grade, validity and how to check it, for the holder and the county office', async () => {
      const { certificateNo } = await ratingOf(good);
      for (const who of [await at.villagerOf(good), at.officer]) {
        const text = await printed(who, `/certificates/${certificateNo}.pdf`);
        expectInOrder(text, [
          '信用等级证书', `证书编号：${certificateNo}`, `张*明（户编号：H${group}0001）：`, '评定为信用户，信用等级为', 'AAA级', '有效期：2031年1月18日至2032年1月18日24时；',
          '县党建引领信用村建设工作联席会议办公室', '2031年1月18日', '核验码',
        ]);
        const code = /核验码([A-Z0-9]{12})/.exec(text)?.[1] ?? '';
        expect(await (await fetch(`${at.service.url}/certificates/check?no=${certificateNo}&code=${code}`)).text()).toMatch(new RegExp(`${certificateNo}.*AAA.*有效`));
      }
    });

    it('is for nobody else', async () => {
      const path = `/certificates/${(await ratingOf(good)).certificateNo}.pdf`;
      expect(await refusal(await at.villagerOf(late), path)).toEqual([404, 'not-found']);
      for (const who of [at.clerk, at.director]) expect(await refusal(who, path)).toEqual([403, 'access.denied']);
      expect(await refusal(await at.service.account({ posts: [{ role: 'county-officer', divisionCode: '341524000000' }] }), path)).toEqual([403, 'access.outside-division']);
      expect(await refusal(at.officer, '/certificates/XY2031999999.pdf')).toEqual([404, 'not-found']);
    });

    it('is printed until its last day and not after it', async () => {
      const path = `/certificates/${(await ratingOf(good)).certificateNo}.pdf`;
      await at.service.moveClockTo('2032-01-18T23:59:00.000+08:00');
      expect(await printed(at.officer, path)).toContain('2032年1月18日24时');
      await at.service.moveClockTo('2032-01-19');
      expect(await refusal(at.officer, path)).toEqual([409, 'certificate.not-valid']);
    });
  });

  it('leaves a line of each copy and, once everything was lawfully deleted, prints nothing', async () => {
    const { rows } = await at.service.admin.query<{ action: string; copies: number }>(`SELECT action, count(*)::int AS copies FROM rating.audit WHERE action LIKE '%.printed' GROUP BY 1 ORDER BY 1`);
    expect(rows).toEqual([{ action: 'certificate.printed', copies: 3 }, { action: 'explanation.printed', copies: 3 }]);
    const { id } = await ratingOf(late);
    await at.service.hear('subject.erased', { erasureId: newId(), householdId: late, subjectIds: [late], erasedOn: '2032-01-19' });
    for (const path of [`/ratings/${id}/explanation`, `/ratings/${id}/explanation.pdf`]) expect(await refusal(at.officer, path)).toEqual([410, 'subject.erased']);
  });

});
