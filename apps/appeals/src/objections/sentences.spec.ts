import { sentenceOf, type Told } from './sentences';

const admitted: Told = { state: 'admitted', refusal: null, receivedOn: '2030-12-18', windowLastDay: '2030-12-18', answerDueOn: '2030-12-23' };
const late: Told = { ...admitted, state: 'refused', refusal: 'late', receivedOn: '2030-12-19', answerDueOn: null };

it.each<[string, Told, string]>([
  ['admitted, with the day of the answer', admitted, '异议已受理，将于2030年12月23日24:00前答复。'],
  ['overdue, with who sees to it', { ...admitted, overdue: true }, '异议已受理，应于2030年12月23日24:00前答复，现已逾期，由镇监督小组督办。'],
  ['answered', { ...admitted, state: 'closed', answeredOn: '2030-12-20', outcome: 'score-changed' }, '异议已于2030年12月20日答复：更正原结果。'],
  ['taken back', { ...admitted, state: 'withdrawn' }, '申请人已撤回异议。'],
  ['an error in a file', { ...admitted, state: 'referred', answerDueOn: null }, '所反映的档案差错已于2030年12月18日登记并移送核查更正。'],
])('says what became of an objection: %s', (_name, told, sentence) => expect(sentenceOf(told)).toBe(sentence));

it('gives the dates of a late one, what can still be done, and what the archives found', () => {
  expect(sentenceOf(late)).toBe('异议期至2030年12月18日24:00止，本件于2030年12月19日收到，已逾期，不予受理，留作更正请求。如有未被告知、不可抗力等正当理由，可请镇里因故受理。');
  expect(sentenceOf({ ...late, correctionOutcome: 'file-right' })).toContain('经核查档案无误');
});

it.each<[NonNullable<Told['refusal']>, string]>([
  ['not-posted', '尚未张贴'],
  ['publication-withdrawn', '已撤回并将重新张贴'],
  ['inadmissible', '请上一级复核'],
])('says why one is refused: %s', (refusal, words) => expect(sentenceOf({ ...late, refusal })).toContain(words));
