import type { SubjectKind } from '@credit/contracts';
import { type PlainDate, plainDate } from '@credit/policy';
import { type CertificateInput, dayInChinese } from '@credit/print';

/** What a certificate says; never more than its check page and the masked name. */
export interface CertificateFacts {
  readonly certificateNo: string;
  readonly code: string;
  readonly checkUrl: string;
  readonly subjectKind: SubjectKind;
  readonly label: string;
  readonly subjectNo: string;
  readonly grade: string;
  readonly creditSubject: boolean;
  readonly certifiedOn: PlainDate;
  readonly lastDay: PlainDate;
}

const numbers: Readonly<Record<SubjectKind, string>> = { household: '户编号', entity: '主体编号', collective: '主体编号' };
const honours: Readonly<Record<SubjectKind, string>> = { household: '信用户', entity: '信用新型农业经营主体', collective: '信用村集体经济组织' };

/** 信用等级证书 in words. 三(六)4 */
export function certificatePaper(facts: CertificateFacts): CertificateInput {
  const { subjectKind, certifiedOn, lastDay } = facts;
  const listed = facts.creditSubject ? `和村内公示，评定为${honours[subjectKind]}` : '';
  return {
    title: '信用等级证书',
    number: `证书编号：${facts.certificateNo}`,
    madeOn: certifiedOn,
    holder: `${facts.label}（${numbers[subjectKind]}：${facts.subjectNo}）`,
    statement: `经全县统一标准的综合信用评价${listed}，信用等级为`,
    grade: `${facts.grade}级`,
    validity: `有效期：${dayInChinese(certifiedOn)}至${dayInChinese(plainDate(lastDay))}24时；期内有变化的，以核验结果为准。`,
    checkUrl: facts.checkUrl,
    checkCode: facts.code,
    signature: { by: '县党建引领信用村建设工作联席会议办公室', on: certifiedOn },
  };
}
