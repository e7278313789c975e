import { inflateSync } from 'node:zlib';
import { plainDate } from '@credit/policy';
import { expectInOrder, readPdf, textOf } from '@credit/testing';
import { create } from 'qrcode';
import { type CertificateInput, certificatePdf, type ExplanationInput, explanationPdf } from '../src';
import { mark, tableOf } from './facts';

const certificate: CertificateInput = {
  ...mark,
  title: '信用等级证书',
  number: '证书编号：XY2031000001',
  check: undefined,
  holder: '张*明（户编号：H341525109204010001）',
  statement: '经综合信用评价和村内公示，评定为信用户，信用等级为',
  grade: 'AAA级',
  validity: '有效期自2031年1月18日至2032年1月17日24时。',
  checkUrl: 'https://credit.county.example/certificates/check?no=XY2031000001&code=7F3A91C2K4MN',
  checkCode: '7F3A91C2K4MN',
  signature: { by: '县党建引领信用村建设工作联席会议办公室', on: plainDate('2031-01-18') },
};

/** The black areas of the first page as the file has them: x, y from the top, width, height. */
function filledAreas(pdf: Buffer): number[][] {
  const bytes = pdf.toString('latin1');
  const streams = [...bytes.matchAll(/\/FlateDecode\n>>\nstream\n/g)].map(({ index, 0: { length } }) => pdf.subarray(index + length, bytes.indexOf('\nendstream', index)));
  const pages = streams.map((stream) => inflateSync(stream).toString('latin1')).filter((text) => text.includes(' re\n'));
  return [...pages.join('').matchAll(/^(\S+) (\S+) (\S+) (\S+) re$/gm)].map(([, ...numbers]) => numbers.map(Number));
}

/** Rows of dark modules, read from the areas alone. */
function modulesIn(areas: readonly number[][]): string[] {
  const [left, top] = [Math.min(...areas.map(([x = 0]) => x)), Math.min(...areas.map(([, y = 0]) => y))];
  const side = areas[0]?.[3] ?? 1;
  const size = Math.round(Math.max(...areas.map(([x = 0, , width = 0]) => x + width - left)) / side);
  const rows = Array.from({ length: size }, () => Array.from({ length: size }, () => '.'));
  for (const [x = 0, y = 0, width = 0] of areas) {
    const [row, column] = [Math.round((y - top) / side), Math.round((x - left) / side)];
    rows[row]?.fill('#', column, column + Math.round(width / side));
  }
  return rows.map((row) => row.join(''));
}

describe('信用等级证书', () => {
  it('is one sheet on its side: number, holder, how rated, grade, until when, by whom, and how to check it', async () => {
    const pages = readPdf((await certificatePdf(certificate)).pdf);
    expect(pages.map(({ width, height }) => [Math.round(width), Math.round(height)])).toEqual([[842, 595]]);
    expectInOrder(textOf(pages), [
      '信用等级证书', '证书编号：XY2031000001', '张*明（户编号：H341525109204010001）：', '评定为信用户，信用等级为', 'AAA级', '有效期自2031年1月18日至2032年1月17日24时。',
      '（盖章处）', '县党建引领信用村建设工作联席会议办公室', '2031年1月18日', '核验码7F3A91C2K4MN',
    ]);
  });

  it('stays one sheet for the longest name', async () => {
    const holder = `霍山县${'漫水河镇高山有机茶叶种植加工销售'.repeat(4)}农民专业合作社（统一社会信用代码：93341525MA0TEY1X9A）`;
    expect(readPdf((await certificatePdf({ ...certificate, holder })).pdf)).toHaveLength(1);
  });

  it('carries the address of the check as a code that is drawn module by module', async () => {
    const { modules } = create(certificate.checkUrl, { errorCorrectionLevel: 'M' });
    const expected = Array.from({ length: modules.size }, (_, row) => Array.from({ length: modules.size }, (_, column) => (modules.get(row, column) ? '#' : '.')).join(''));
    expect(modulesIn(filledAreas((await certificatePdf(certificate)).pdf))).toEqual(expected);
  });

  it('is the same to the byte when printed again', async () => {
    const [first, second] = [await certificatePdf(certificate), await certificatePdf(certificate)];
    expect(first.pdf.equals(second.pdf)).toBe(true);
  });
});

describe('评级说明', () => {
  const explanation: ExplanationInput = {
    ...mark,
    title: '信用评级说明',
    number: null,
    check: undefined,
    lines: ['张*明　户编号：H1'],
    summary: '总分 84.10 分，等级 AA，为信用主体。',
    scores: tableOf(40, '逐项得分'),
    sections: [
      { caption: '影响最大的原因', sentences: ['逾期。', '负债。'] },
      { caption: '没有计入的', sentences: [] },
      { caption: '怎样提高', sentences: ['还清逾期。'] },
    ],
    closing: ['可以申请人工复核。'],
  };

  it('says what came of it, why, how to raise it, every line, and what may be done; a heading without sentences is left out', async () => {
    const pages = readPdf((await explanationPdf(explanation)).pdf);
    const text = textOf(pages);
    expectInOrder(text, ['信用评级说明', '张*明户编号：H1', '总分84.10分', '影响最大的原因', '1．逾期。', '2．负债。', '怎样提高', '1．还清逾期。', '逐项得分', '户1号', '户40号', '可以申请人工复核。']);
    expect(text).not.toContain('没有计入的');
    expect(pages.length).toBeGreaterThan(1);
  });

  it('has no table where nothing was scored', async () => {
    expect(textOf(readPdf((await explanationPdf({ ...explanation, scores: null })).pdf))).not.toContain('逐项得分');
  });
});
