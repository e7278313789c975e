import { checkItemList, civilityScore, type ItemList, listChanges, type ListItem } from '@credit/policy';
import { refused } from '../../test/refused';

const item = (more: Partial<ListItem> = {}): ListItem => ({ code: 'P1', zh: '照料老人', area: 'elders', polarity: 'positive', pointsHundredths: 1000, mayRepeat: true, evidence: 'word', source: '三(三)1', ...more });
const veto = item({ code: 'V1', zh: '刑事判决', area: 'veto', polarity: 'veto', pointsHundredths: undefined as never, mayRepeat: false, evidence: 'document' });
const list = (items: readonly ListItem[] = [item()], more: Partial<ItemList> = {}): ItemList => ({
  id: 'test', version: 1, effectiveFrom: '2022-11-14', baseHundredths: 8000, positivesCapHundredths: 2000, maximumHundredths: 10_000, lookBackYears: 3, source: '三(三)1',
  areas: [{ code: 'elders', zh: '孝敬老人', positiveCapHundredths: 2000 }],
  items: [...items, veto],
  banned: [{ code: 'petition', words: ['上访', '信访'] }],
  ...more,
});

describe('评议清单的检查 names every fault, its place and what to do', () => {
  it.each<[string, ItemList, object[]]>([
    ['sound', list(), []],
    ['an area nobody registered', list([item({ area: 'village' })]), [{ path: ['items', 0, 'area'], code: 'list.area', message: '“照料老人”的方面未登记，请先在 areas 中登记' }]],
    ['a positive without points', list([item({ pointsHundredths: undefined as never })]), [{ path: ['items', 0, 'points'], code: 'list.points', message: '“照料老人”须有正的分值' }]],
    ['a positive of nothing', list([item({ pointsHundredths: 0 })]), [{ path: ['items', 0, 'points'], code: 'list.points', message: '“照料老人”须有正的分值' }]],
    ['a negative below nothing', list([item({ polarity: 'negative', evidence: 'fact', pointsHundredths: -1 })]), [{ path: ['items', 0, 'points'], code: 'list.points', message: '“照料老人”须有正的分值' }]],
    ['a positive of one hundredth', list([item({ pointsHundredths: 1 })]), []],
    ['a veto with points', list([item({ polarity: 'veto', evidence: 'document' })]), [{ path: ['items', 0, 'points'], code: 'list.points', message: '“照料老人”是一票否决项，不写分值' }]],
    ['a negative by a word', list([item({ polarity: 'negative' })]), [{ path: ['items', 0, 'evidence'], code: 'list.evidence', message: '“照料老人”的证据要求不足：负面须有事实和日期，一票否决须有文书' }]],
    ['a veto by a fact', list([{ ...veto, code: 'V2', evidence: 'fact' }]), [{ path: ['items', 0, 'evidence'], code: 'list.evidence', message: '“刑事判决”的证据要求不足：负面须有事实和日期，一票否决须有文书' }]],
    ['a positive by a fact, another by a document', list([item({ evidence: 'fact' }), item({ code: 'P2', evidence: 'document' })]), []],
    ['a negative by a fact, another by a document', list([item({ code: 'N1', polarity: 'negative', evidence: 'fact' }), item({ code: 'N2', polarity: 'negative', evidence: 'document' })]), []],
    ['no source', list([item({ source: '' })]), [{ path: ['items', 0, 'source'], code: 'list.source', message: '“照料老人”缺少依据' }]],
    ['a subject that is banned, by its words', list([item({ zh: '多次信访' })]), [{ path: ['items', 0, 'code'], code: 'list.banned', message: '“多次信访”涉及不得评议的内容（上访），请删去' }]],
    ['a subject that is banned, by its code in any writing', list([item({ code: 'N_Petition-2' })]), [{ path: ['items', 0, 'code'], code: 'list.banned', message: '“照料老人”涉及不得评议的内容（上访），请删去' }]],
    ['a banned subject without words', list([item({ code: 'petition' })], { banned: [{ code: 'petition', words: [] }] }), [{ path: ['items', 0, 'code'], code: 'list.banned', message: '“照料老人”涉及不得评议的内容（petition），请删去' }]],
    ['one code twice', list([item(), item({ zh: '赡养老人' })]), [{ path: ['items', 1, 'code'], code: 'list.code-twice', message: '编号 P1 重复，请改用不同编号' }]],
    ['no banned subjects', list([item()], { banned: [] }), [{ path: ['banned'], code: 'list.banned-missing', message: '缺少不得评议内容的清单，请从规则文件恢复，不得删除' }]],
    ['areas that do not add up', list([item()], { areas: [{ code: 'elders', zh: '孝敬老人', positiveCapHundredths: 1550 }] }), [{ path: ['areas'], code: 'list.positives-sum', message: '各方面正面上限之和为 15.5 分，须等于正面清单满分 20 分' }]],
    ['more than the maximum', list([item()], { baseHundredths: 8001 }), [{ path: ['base'], code: 'list.maximum', message: '基本分与正面满分之和超过百分制上限，请核对' }]],
    ['no veto', list([], { items: [item()] }), [{ path: ['items'], code: 'list.no-veto', message: '清单须设定一票否决项' }]],
  ])('%s', (_what, given, expected) => {
    expect(checkItemList(given)).toEqual(expected.map((fault) => ({ severity: 'error', ...fault })));
  });
});

describe('评议得分 line by line', () => {
  const marked = list([item(), item({ code: 'N1', zh: '不赡养老人', polarity: 'negative', pointsHundredths: 500, evidence: 'fact' }), item({ code: 'N2', zh: '封存', polarity: 'negative', evidence: 'document', sealedByLaw: true, legalBasis: null })]);

  it('says what each mark came to, and the parts of the sum', () => {
    expect(civilityScore(marked, [{ itemCode: 'P1', pointsHundredths: 250 }, { itemCode: 'N1' }, { itemCode: 'V1' }])).toEqual({
      hundredths: 0,
      baseHundredths: 8000,
      positivesHundredths: 250,
      negativesHundredths: 500,
      vetoed: true,
      lines: [
        { itemCode: 'P1', zh: '照料老人', area: 'elders', polarity: 'positive', markedHundredths: 250 },
        { itemCode: 'N1', zh: '不赡养老人', area: 'elders', polarity: 'negative', markedHundredths: -500 },
        { itemCode: 'V1', zh: '刑事判决', area: 'veto', polarity: 'veto', markedHundredths: 0 },
      ],
    });
    expect(civilityScore(marked, [{ itemCode: 'P1' }, { itemCode: 'N1' }])).toMatchObject({ hundredths: 8500, positivesHundredths: 1000, negativesHundredths: 500, vetoed: false });
    expect(civilityScore(marked, [])).toEqual({ hundredths: 8000, baseHundredths: 8000, positivesHundredths: 0, negativesHundredths: 0, vetoed: false, lines: [] });
  });

  it('caps the positive list after the areas', () => {
    const two = list([item(), item({ code: 'P2', area: 'public-good' })], { areas: [{ code: 'elders', zh: '孝敬老人', positiveCapHundredths: 1500 }, { code: 'public-good', zh: '公益', positiveCapHundredths: 1500 }] });
    expect(civilityScore(two, [{ itemCode: 'P1' }, { itemCode: 'P1' }, { itemCode: 'P2' }, { itemCode: 'P2' }])).toMatchObject({ hundredths: 10_000, positivesHundredths: 2000 });
  });

  it.each([
    ['mark.unknown-item', 'X9'],
    ['mark.sealed', 'N2'],
  ])('refuses with %s', (code, itemCode) => {
    expect(refused(() => civilityScore(marked, [{ itemCode }]))).toEqual({ code, facts: { itemCode } });
  });
});

describe('版本比较', () => {
  const before = list();
  it.each<[string, ItemList, object[]]>([
    ['nothing', list(), []],
    ['the numbers of the whole list', list([item()], { id: 'new', baseHundredths: 7550, positivesCapHundredths: 2500, maximumHundredths: 9000, lookBackYears: 2 }), [
      { kind: 'changed', of: 'list', code: 'new', zh: '清单', field: '基本分', before: '80.00', after: '75.50' },
      { kind: 'changed', of: 'list', code: 'new', zh: '清单', field: '正面清单满分', before: '20.00', after: '25.00' },
      { kind: 'changed', of: 'list', code: 'new', zh: '清单', field: '满分', before: '100.00', after: '90.00' },
      { kind: 'changed', of: 'list', code: 'new', zh: '清单', field: '回溯年数', before: '3', after: '2' },
    ]],
    ['an item that is repeated no more and has a legal basis', list([item({ mayRepeat: false, legalBasis: '县规〔2022〕1号' })]), [
      { kind: 'changed', of: 'item', code: 'P1', zh: '照料老人', field: '可重复计分', before: '是', after: '否' },
      { kind: 'changed', of: 'item', code: 'P1', zh: '照料老人', field: '法律依据', before: null, after: '县规〔2022〕1号' },
    ]],
    ['points that went, an item that came', list([item({ pointsHundredths: undefined as never }), item({ code: 'P2', zh: '公益劳动' })]), [
      { kind: 'changed', of: 'item', code: 'P1', zh: '照料老人', field: '分值', before: '10.00', after: null },
      { kind: 'added', of: 'item', code: 'P2', zh: '公益劳动', field: null, before: null, after: '公益劳动' },
    ]],
    ['an area renamed, an item gone', list([], { areas: [{ code: 'elders', zh: '尊老', positiveCapHundredths: 2000 }] }), [
      { kind: 'changed', of: 'area', code: 'elders', zh: '尊老', field: '名称', before: '孝敬老人', after: '尊老' },
      { kind: 'removed', of: 'item', code: 'P1', zh: '照料老人', field: null, before: '照料老人', after: null },
    ]],
  ])('of %s', (_what, after, expected) => {
    expect(listChanges(before, after)).toEqual(expected);
  });
});
