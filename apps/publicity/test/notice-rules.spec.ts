import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publicationKinds } from '@credit/contracts';
import { repositoryRoot } from '@credit/platform';
import { plainDate } from '@credit/policy';
import { loadNoticeRules } from '../src/rules/notice-rules';
import { dayInWords, fill } from '../src/rules/placeholders';
import { aloud } from '../src/rules/spoken';

const files = ['notices.yaml', 'messages.yaml', 'announcements.yaml', 'telling.yaml'];

/** A copy of the rule files with one of them changed. */
function withChange(name: string, from: string, to: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'credit-notices-'));
  for (const file of files) {
    const text = readFileSync(join(repositoryRoot(), 'rules/notices', file), 'utf8');
    writeFileSync(join(folder, file), file === name ? text.replace(from, to) : text);
  }
  return folder;
}

describe('文书规则', () => {
  it('has wording for every kind of publication, with a place to hang', () => {
    const rules = loadNoticeRules();
    for (const kind of publicationKinds) expect(rules.noticeOn(kind, plainDate('2022-12-01')).places.length).toBeGreaterThan(0);
  });

  it('shows no result on a rating list', () => {
    expect(loadNoticeRules().noticeOn('publication.rating', plainDate('2022-12-01')).results).toBeUndefined();
  });

  it.each([
    ['a word that is not declared', 'notices.yaml', '{place}{year}年度乡风文明评议内容的公示', '{place}{createdOn}的公示', /notices\.yaml:\d+ 用到了未在 uses 中登记的“\{createdOn\}”/],
    ['a word that is declared and not used', 'messages.yaml', 'uses: [createdOn]', 'uses: [createdOn, lastDay]', /messages\.yaml:\d+ uses 中的“lastDay”没有用到/],
    ['a message that does not exist', 'notices.yaml', 'tell: result-published', 'tell: result-publishd', /notices\.yaml:\d+ messages\.yaml 中没有“result-publishd”/],
    ['a wrong place', 'notices.yaml', 'places: [group]', 'places: [grup]', /notices\.yaml:\d+ “publication\.content\.0\.places\.0”填写不符合格式/],
    ['broken YAML', 'telling.yaml', 'versions:', 'versions: [', /telling\.yaml:\d+ YAML 格式有误/],
    ['a name in what is said to everybody', 'announcements.yaml', '《{title}》，已经', '《{subject}》，已经', /announcements\.yaml:\d+ 用到了未在 uses 中登记的“\{subject\}”/],
    ['a word that is not for everybody', 'announcements.yaml', 'uses: [title,', 'uses: [year, title,', /announcements\.yaml:\d+ .*广播用语中不能用这个填充项/],
    ['figures in what is read aloud', 'announcements.yaml', '夜里十二点结束', '24:00结束', /announcements\.yaml:\d+ 要念出来的用语请把数字写成汉字/],
    ['a channel that is no broadcast', 'announcements.yaml', 'message-group:', 'slip:', /announcements\.yaml:\d+ telling\.yaml 中没有广播渠道“slip”/],
    ['two versions out of order', 'messages.yaml', '  - from: 2022-11-14\n    version: 1\n    source: 三(六)3，', '  - { from: 2023-01-01, version: 2, source: x, uses: [], text: x }\n  - from: 2022-11-14\n    version: 1\n    source: 三(六)3，', /messages\.yaml:\d+ 版本须按起始日/],
  ])('refuses %s, with file, line and what to do', (_name, file, from, to, sentence) => {
    expect(() => loadNoticeRules(withChange(file, from, to))).toThrow(sentence);
  });
});

describe('填充', () => {
  it('writes days out and leaves a line for what is not known yet', () => {
    expect(fill('《{title}》{postedOn}至{lastDay}', { title: '公示', postedOn: '2022-12-01' })).toBe('《公示》2022年12月1日至＿＿＿＿');
    expect(dayInWords('2022-12-08')).toBe('2022年12月8日');
  });

  it('spells numbers out for what is read aloud', () => {
    const filling = { title: '关于12组2030年度的公示', lastDay: '2030-10-20', objectionLastDay: '2031-01-01', phone: '0564-5120110', address: '村部3楼' };
    expect(fill('《{title}》到{lastDay}、{objectionLastDay}，{address}，{phone}', filling, 'aloud')).toBe(
      '《关于十二组二〇三〇年度的公示》到二〇三〇年十月二十日、二〇三一年一月一日，村部三楼，零五六四，五幺二零幺幺零',
    );
    expect(['10', '11', '20', '35', '0', '100'].map(aloud)).toEqual(['十', '十一', '二十', '三十五', '零', '一〇〇']);
  });
});
