import { plainDate } from '@credit/policy';
import { answerPdf, meetingNoticePdf, noticePdf } from '../src';
import { door, mark, notice, signature, tableOf } from './facts';
import { expectInOrder, readPdf, textOf } from '@credit/testing';

describe('公示', () => {
  it('holds title, number, where it hangs, text, list, how to object, the last day written out, who signs, in this order', async () => {
    const pages = readPdf((await noticePdf(notice())).pdf);
    expectInOrder(textOf(pages), [
      mark.title, mark.number, '本份张贴于：党务公开栏', '现将评议结果予以公示。', '上冲村民组', '序号', '户主', '评议得分', '户3号', '有异议的可以提出。',
      `受理单位：${door.receiver}`, `受理地址：${door.address}`, `联系电话：${door.phone}`, '截止时间：2022年12月25日24时',
      '（盖章处）', signature.by, '2022年12月8日',
    ]);
  });

  it('is A4 in portrait, with number, page and check at the foot of every page', async () => {
    const pages = readPdf((await noticePdf(notice({ tables: [tableOf(60)] }))).pdf);
    expect(pages.length).toBeGreaterThan(2);
    pages.forEach((page, index) => {
      expect([Math.round(page.width), Math.round(page.height)]).toEqual([595, 842]);
      const foot = page.words.filter(({ y }) => y > page.height - 99);
      expect(foot.map(({ text }) => text)).toEqual([mark.number, `第 ${index + 1} 页 共 ${pages.length} 页`, '校验码 7F3A-91C2']);
    });
  });

  it('writes the body in 16 points, set in by two characters, inside the margins of an official document', async () => {
    const [page] = readPdf((await noticePdf(notice({ paragraphs: ['兹将名单张榜。'.repeat(20)], tables: [] }))).pdf);
    const body = page?.words.filter(({ text }) => /[兹将名单张榜]{4}/.test(text)) ?? [];
    const left = (28 * 72) / 25.4;
    expect(body.length).toBeGreaterThan(4);
    expect(body.map(({ x }) => Math.round(x))).toEqual(body.map((_, index) => Math.round(index === 0 ? left + 32 : left)));
    for (const { x, length } of body) expect(x + length).toBeLessThan(595.3 - (26 * 72) / 25.4 + 1);
  });

  it('never puts the seal on a page without text or rows, however long the text or the list is', async () => {
    for (let count = 12; count <= 20; count += 1) {
      const texts = Array.from({ length: count }, (_, index) => `第${index + 1}段。`);
      const ways = [{ paragraphs: texts, tables: [], objections: null }, { paragraphs: texts, tables: [] }, { tables: [tableOf(count)], objections: null }];
      for (const way of ways) {
        const sealed = readPdf((await noticePdf(notice(way))).pdf).find(({ words }) => words.some(({ text }) => text === signature.by));
        const texts = sealed?.words.map(({ text }) => text) ?? [];
        expect([texts.indexOf('2022年12月8日') > 0, texts.some((text) => /^第\d+段。$|^户\d+号$|截止时间/.test(text))]).toEqual([true, true]);
      }
    }
  });

  it('leaves room for the day where none is known yet', async () => {
    const text = textOf(readPdf((await noticePdf(notice({ signature: { by: '青山村党总支', on: null } }))).pdf));
    expect(text).toContain('青山村党总支年月日');
  });

  it('sets a long title smaller, and a very long one in lines of like length, whole', async () => {
    const title = '关于青山镇青山村二〇二二年度党建引领信用村建设乡风文明评议结果及有关情况的公示';
    const [page] = readPdf((await noticePdf(notice({ title }))).pdf);
    const lines = page?.words.slice(0, 2) ?? [];
    expect(lines.map(({ text }) => text).join('')).toBe(title);
    const [first = { length: 0 }, second = { length: 0 }] = lines;
    expect(Math.abs(first.length - second.length)).toBeLessThan(3 * 22);
  });
});

describe('复议答复书', () => {
  it('says to whom, what was decided, why item by item, by whom and what can still be done', async () => {
    const { pdf } = await answerPdf({
      ...mark,
      title: '乡风文明评议异议复议答复书',
      applicantLabel: '孙*芳',
      paragraphs: ['您户提出的异议已予受理。'],
      decision: '得分由84.00分更正为86.00分。',
      reasons: ['其余项目事实清楚。'],
      items: [{ code: 'N08', zh: '乱倒垃圾', result: '撤销', reason: '当天全家外出，事实不成立。' }],
      panel: ['到会十一人，九人同意。'],
      remedies: ['可以向镇监督小组反映。'],
      signature: { by: '青山村复议小组', on: plainDate('2022-12-21') },
    });
    expectInOrder(textOf(readPdf(pdf)), [
      '乡风文明评议异议复议答复书', '孙*芳：', '您户提出的异议已予受理。', '复议决定：得分由84.00分更正为86.00分。', '其余项目事实清楚。', '逐项理由',
      'N08', '乱倒垃圾', '撤销', '当天全家外出，事实不成立。', '到会十一人，九人同意。', '可以向镇监督小组反映。', '（盖章处）', '青山村复议小组', '2022年12月21日',
    ]);
  });
});

describe('会议通知', () => {
  it('says who is asked to come, when, where, on what and whom to call', async () => {
    const { pdf } = await meetingNoticePdf({
      ...mark,
      title: '关于召开评议会议的通知',
      addressees: '评议小组各成员',
      paragraphs: ['请准时参加。'],
      meetingOn: plainDate('2022-11-20'),
      time: '上午9时',
      place: '村民组活动室',
      chair: '周建华',
      agenda: ['申报回避', '逐户评议'],
      contact: { name: '沈秀英', phone: '0564-0000002' },
      signature,
    });
    expectInOrder(textOf(readPdf(pdf)), [
      '关于召开评议会议的通知', '评议小组各成员：', '请准时参加。', '时间：2022年11月20日上午9时', '地点：村民组活动室', '主持人：周建华', '议程：', '1．申报回避', '2．逐户评议', '联系人：沈秀英', '0564-0000002', signature.by,
    ]);
  });
});
