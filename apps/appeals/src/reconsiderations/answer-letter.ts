import { scoreText } from '@credit/platform';
import { daysBetween, plainDate } from '@credit/policy';
import { type AnswerInput, dayInChinese } from '@credit/print';
import type { CopyFor } from './answer-sheet';
import type { ReconsiderationAnswer } from './answer-sheet.types';

const changeNames: Readonly<Record<string, string>> = { kept: '维持', added: '增加', removed: '取消' };
const heardNames: Readonly<Record<string, string>> = { applicant: '申请人', 'affected-household': '被异议户', scorer: '原评议人员' };
const dayText = (day: string): string => dayInChinese(plainDate(day));

/** 复议答复书 in sentences: a copy names only whom it is for. 三(三)3 */
export function answerLetter(answer: ReconsiderationAnswer, copyFor: CopyFor): AnswerInput {
  const isReview = answer.owner === 'civility';
  const village = (answer.divisionName ?? '').replace(/村委会$/, '村').replace(/居委会$/, '');
  return {
    title: isReview ? '乡风文明评议异议复议答复书' : '信用评定名单异议答复书',
    number: answer.answerNo,
    madeOn: plainDate(answer.answeredOn),
    applicantLabel: (copyFor === 'subject' ? answer.subjectLabel : answer.applicantLabels[0]) ?? '',
    paragraphs: [receivedSentence(answer, copyFor), ...(isReview ? [meetingSentence(answer)] : []), ...lateSentence(answer)],
    decision: decisionSentence(answer),
    reasons: (answer.reasons ?? '').split('\n').filter((line) => line.trim() !== ''),
    items: answer.items.map(({ itemCode, itemName, change, reason }) => ({ code: itemCode, zh: itemName ?? '', result: changeNames[change] ?? change, reason: reason ?? '' })),
    panel: isReview ? [panelSentence(answer)] : [],
    remedies: ['答复结果将在村内公示。对办理过程有意见的，可以向镇监督小组反映。'],
    signature: { by: isReview ? `${village}复议会议` : '县联席会议办公室', on: plainDate(answer.answeredOn) },
  };
}

function receivedSentence({ receiptNos, receivedOn, owner }: ReconsiderationAnswer, copyFor: CopyFor): string {
  const about = owner === 'civility' ? '乡风文明评议结果' : '信用评定名单';
  if (copyFor === 'subject' && receiptNos.length === 0) return `关于您户${about}的异议已予受理，现将办理结果答复如下。`;
  return `您户于${dayText(receivedOn)}就${about}提出的异议（回执编号：${receiptNos.join('、')}）已予受理，现将办理结果答复如下。`;
}

function meetingSentence({ meetingOn, hearings }: ReconsiderationAnswer): string {
  const kinds = (appeared: boolean): string => [...new Set(hearings.filter((one) => one.appeared === appeared).map((one) => heardNames[one.heard] ?? one.heard))].join('、');
  const [came, stayedAway] = [kinds(true), kinds(false)];
  const parts = [meetingOn === null ? '召开复议会议' : `复议会议于${dayText(meetingOn)}召开`, ...(came ? [`听取了${came}的陈述`] : []), ...(stayedAway ? [`${stayedAway}经通知未到场`] : [])];
  return `${parts.join('，')}。`;
}

function lateSentence({ overdue, answeredOn, answerDueOn }: ReconsiderationAnswer): string[] {
  return overdue ? [`本件应于${dayText(answerDueOn)}前答复，迟延${daysBetween(plainDate(answerDueOn), plainDate(answeredOn))}日，特此说明。`] : [];
}

function decisionSentence({ owner, outcome, beforeHundredths, changedHundredths, vetoLifted }: ReconsiderationAnswer): string {
  if (owner !== 'civility') return outcome === 'score-kept' ? '维持原公示结果。' : '更正原公示结果，重新评定。';
  if (outcome === 'score-kept' || changedHundredths === null) return `维持原评议得分${scoreText(beforeHundredths ?? 0)}分。`;
  return `${vetoLifted ? '撤销一票否决，' : ''}评议得分由${scoreText(beforeHundredths ?? 0)}分更正为${scoreText(changedHundredths)}分。`;
}

function panelSentence({ panel, decidedBy, votesFor, votesAgainst }: ReconsiderationAnswer): string {
  const of = (part: 'decided' | 'explained' | 'withdrew', only = panel): number => only.reduce((sum, one) => sum + one[part], 0);
  const named = panel.filter((one) => one.decided > 0).map((one) => `${one.name}${one.decided}人`).join('、');
  const aside = [...(of('withdrew') > 0 ? [`${of('withdrew')}人回避`] : []), ...(of('explained') > 0 ? [`原评议人员${of('explained')}人只作说明、未参加决定`] : [])];
  const how = decidedBy === 'vote' ? `经表决，${votesFor ?? 0}人同意、${votesAgainst ?? 0}人反对` : '协商一致';
  return `参加决定的${of('decided')}人：${named}；${[...aside, how].join('；')}。`;
}
