import { answerLetter } from './answer-letter';
import type { ReconsiderationAnswer } from './answer-sheet.types';

const answer: Readonly<ReconsiderationAnswer> = {
  answerNo: 'FY341525109204-2030-0001',
  owner: 'civility',
  objectionId: '01a2086d-e634-7203-9668-89d7cff18918',
  receiptNos: ['YY341525109204-2030-0001'],
  divisionCode: '341525109204',
  divisionName: '白莲崖村委会',
  subjectLabel: '张*明',
  applicantLabels: ['李*'],
  outcome: 'score-changed',
  beforeHundredths: 9000,
  changedHundredths: 9200,
  vetoLifted: false,
  reasons: '第一段\n第二段',
  items: [{ itemCode: 'P05', itemName: '参加公益劳动和志愿服务', change: 'added', reason: '漏记两次' }],
  panel: [
    { capacity: 'party-secretary', name: '村党组织书记', decided: 1, explained: 0, withdrew: 0 },
    { capacity: 'elder', name: '“五老”人员', decided: 3, explained: 0, withdrew: 1 },
    { capacity: 'scorer', name: '原评议人员', decided: 0, explained: 1, withdrew: 0 },
  ],
  hearings: [
    { heard: 'affected-household', appeared: true, heardOn: '2030-12-02' },
    { heard: 'applicant', appeared: false, heardOn: '2030-12-02' },
  ],
  decidedBy: 'vote',
  votesFor: 3,
  votesAgainst: 1,
  receivedOn: '2030-12-01',
  meetingOn: '2030-12-03',
  answerDueOn: '2030-12-06',
  answeredOn: '2030-12-08',
  overdue: true,
  outcomeLastDay: null,
};

it('tells the applicant what was decided, by whom, and that it comes late', () => {
  expect(answerLetter(answer, 'applicant')).toMatchObject({
    number: 'FY341525109204-2030-0001',
    applicantLabel: '李*',
    paragraphs: [
      '您户于2030年12月1日就乡风文明评议结果提出的异议（回执编号：YY341525109204-2030-0001）已予受理，现将办理结果答复如下。',
      '复议会议于2030年12月3日召开，听取了被异议户的陈述，申请人经通知未到场。',
      '本件应于2030年12月6日前答复，迟延2日，特此说明。',
    ],
    decision: '评议得分由90.00分更正为92.00分。',
    reasons: ['第一段', '第二段'],
    items: [{ code: 'P05', zh: '参加公益劳动和志愿服务', result: '增加', reason: '漏记两次' }],
    panel: ['参加决定的4人：村党组织书记1人、“五老”人员3人；1人回避；原评议人员1人只作说明、未参加决定；经表决，3人同意、1人反对。'],
    signature: { by: '白莲崖村复议会议', on: '2030-12-08' },
  });
});

it('addresses the household it is about without a word of who objected', () => {
  const copy = answerLetter({ ...answer, receiptNos: [], applicantLabels: [] }, 'subject');
  expect(copy).toMatchObject({ applicantLabel: '张*明', paragraphs: expect.arrayContaining(['关于您户乡风文明评议结果的异议已予受理，现将办理结果答复如下。']) as string[] });
  expect(JSON.stringify(copy)).not.toContain('李*');
});

it('names no score where a list was objected to', () => {
  const list = answerLetter({ ...answer, owner: 'rating', beforeHundredths: null, changedHundredths: null, decidedBy: null, items: [], panel: [] }, 'applicant');
  expect(list).toMatchObject({ title: '信用评定名单异议答复书', decision: '更正原公示结果，重新评定。', panel: [], signature: { by: '县联席会议办公室' } });
  expect(JSON.stringify(list)).not.toMatch(/\d分/);
});
