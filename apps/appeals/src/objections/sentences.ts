import type { WindowRefusal } from '@credit/policy';

/** 给申请人和文书看的一句话 — says what was decided and, when it was refused, the dates. */
export interface Told {
  readonly state: string;
  readonly refusal: WindowRefusal | 'inadmissible' | null;
  readonly receivedOn: string;
  readonly windowLastDay: string | null;
  readonly answerDueOn: string | null;
  readonly correctionOutcome?: 'corrected' | 'file-right' | 'passed-on' | null;
  readonly answeredOn?: string | null;
  readonly outcome?: 'score-kept' | 'score-changed' | null;
  readonly overdue?: boolean;
}

function inWords(day: string): string {
  const [year, month, date] = day.split('-').map(Number);
  return `${year}年${month}月${date}日`;
}

function refusalSentence(told: Told): string {
  switch (told.refusal) {
    case 'late':
      return `异议期至${inWords(told.windowLastDay ?? told.receivedOn)}24:00止，本件于${inWords(told.receivedOn)}收到，已逾期，不予受理，留作更正请求。${told.correctionOutcome ? correctionSentence(told) : ''}如有未被告知、不可抗力等正当理由，可请镇里因故受理。`;
    case 'not-posted':
      return `这次公示在收到异议的${inWords(told.receivedOn)}尚未张贴，暂不受理，请在张贴之日起提出。`;
    case 'publication-withdrawn':
      return `这次公示已撤回并将重新张贴，不予受理，请对重新张贴的公示提出。`;
    case 'inadmissible':
    case null:
      return '经审查不符合受理条件，不予受理，理由已告知；如不服可请上一级复核。';
  }
}

function correctionSentence({ correctionOutcome = null, receivedOn }: Told): string {
  switch (correctionOutcome) {
    case 'corrected':
      return '所反映的档案差错已经更正。';
    case 'file-right':
      return '经核查档案无误，理由可登录查看或到村委会查询。';
    case 'passed-on':
      return '所反映的事项不属于档案差错，已转其他程序办理。';
    case null:
      return `所反映的档案差错已于${inWords(receivedOn)}登记并移送核查更正。`;
  }
}

export function sentenceOf(told: Told): string {
  if (told.state === 'refused') return refusalSentence(told);
  if (told.state === 'referred') return correctionSentence(told);
  if (told.state === 'withdrawn') return '申请人已撤回异议。';
  if (told.answeredOn) return `异议已于${inWords(told.answeredOn)}答复：${told.outcome === 'score-changed' ? '更正' : '维持'}原结果。`;
  if (told.answerDueOn === null) return '异议已受理。';
  return `异议已受理，${told.overdue ? '应' : '将'}于${inWords(told.answerDueOn)}24:00前答复${told.overdue ? '，现已逾期，由镇监督小组督办' : ''}。`;
}
