import { plainDate } from '@credit/policy';
import { type CertificateFacts, certificatePaper } from './certificate-paper';

const facts: CertificateFacts = {
  certificateNo: 'XY2031000001',
  code: '7F3A91C2K4MN',
  checkUrl: 'https://credit.county.example/certificates/check?no=XY2031000001&code=7F3A91C2K4MN',
  subjectKind: 'household',
  label: '张*明',
  subjectNo: 'H341525109204010001',
  grade: 'AA',
  creditSubject: true,
  certifiedOn: plainDate('2031-01-18'),
  lastDay: plainDate('2032-01-18'),
};

it.each([
  ['household', '评定为信用户', '户编号'],
  ['entity', '评定为信用新型农业经营主体', '主体编号'],
  ['collective', '评定为信用村集体经济组织', '主体编号'],
] as const)('a %s of A and above is called what the policy calls it', (subjectKind, honour, number) => {
  const { statement, holder } = certificatePaper({ ...facts, subjectKind });
  expect(statement).toContain(honour);
  expect(holder).toContain(`（${number}：`);
});

it('below A it neither calls anybody a credit subject nor claims that a list was published', () => {
  expect(certificatePaper({ ...facts, grade: 'B', creditSubject: false })).toMatchObject({ statement: '经全县统一标准的综合信用评价，信用等级为', grade: 'B级' });
});

it('is made on the day of certification, so that every copy is the same', () => {
  expect(certificatePaper(facts)).toMatchObject({ madeOn: '2031-01-18', signature: { on: '2031-01-18' } });
});
