import { expectInOrder, readPdf, textOf } from '@credit/testing';
import { dossierPdf } from '../src';
import { mark, tableOf } from './facts';

describe('档案查阅件', () => {
  it('holds whose file it is, every list under its heading and what may be asked for; a list without rows says so', async () => {
    const pages = readPdf((await dossierPdf({ ...mark, lines: ['户编号：H1'], tables: [tableOf(60, '一、数据项'), tableOf(0, '二、更正')], closing: ['可以申请更正。'] })).pdf);
    expect(pages.length).toBeGreaterThan(1);
    expectInOrder(textOf(pages), [mark.title, '户编号：H1', '一、数据项', '户1号', '户60号', '二、更正', '无', '可以申请更正。']);
  });
});
