import { newId } from '@credit/platform';
import { groups, groupMutation, type Shown, Town, village } from './town';

const noticeQuery = `query ($id: ID!, $place: ID, $on: Day) { publicationNotice(publicationId: $id, placeId: $place, postOn: $on) {
  number title placeName period subjectsHead resultsHead tables { groupName rows { no label result } } objections contact { phone } publisher postedOn } }`;
const listQuery = 'query ($id: ID!) { publicationList(publicationId: $id) { title columns rows } }';
const signOffQuery = `query ($division: String!, $id: ID, $template: String) { signOffSheets(divisionCode: $division, publicationId: $id, template: $template) {
  title about number groupCode groupName columns rows { subjectId no label subjectNo toldOn remark } } }`;

interface Sheet {
  readonly about: string;
  readonly groupName: string;
  readonly columns: string[];
  readonly rows: { subjectId: string; no: number; label: string; subjectNo: string; toldOn: string | null; remark: string }[];
}

describe('文书数据', () => {
  let town: Town;
  let shown: Shown;
  let clerk: string;
  beforeEach(async () => {
    town = await Town.open();
    clerk = town.token('village-clerk');
    town.unnamed.add(town.household(1));
    shown = await town.posted();
  });
  afterEach(() => town.close());

  const sheets = async (variables: Readonly<Record<string, unknown>>): Promise<Sheet[]> => (await town.service.data<{ signOffSheets: Sheet[] }>(signOffQuery, variables, clerk)).signOffSheets;

  it('gives every word of the notice of one group: its own households, the last days written out', async () => {
    const place = shown.places.find(({ divisionCode }) => divisionCode === groups[0]);
    const { publicationNotice } = await town.service.data<{ publicationNotice: unknown }>(noticeQuery, { id: shown.id, place: place?.id }, clerk);
    expect(publicationNotice).toMatchObject({
      number: shown.number,
      title: shown.title,
      placeName: '上湾组',
      period: '公示时间：2030年12月1日至2030年12月8日24:00止，公示期7个自然日（张贴当日不计入）。',
      resultsHead: '评议得分',
      tables: [{ groupName: '上湾组', rows: [{ no: 1, label: '张*明', result: '95.00' }, { no: 2, label: `H${groups[0]}0002`, result: '95.00' }, { no: 3, label: '张*明', result: '95.00' }] }],
      objections: expect.stringContaining('2030年12月18日24:00止') as string,
      contact: null,
      publisher: '大化坪村',
      postedOn: '2030年12月1日',
    });
  });

  it('writes a draft as if it were posted on the day named', async () => {
    const { publicationNotice } = await town.service.data<{ publicationNotice: { period: string } }>(noticeQuery, { id: (await town.draft()).id, on: '2030-12-05' }, clerk);
    expect(publicationNotice.period).toContain('2030年12月5日至2030年12月12日');
  });

  it('gives the list as rows for a spreadsheet, numbered through the village, with no column the notice does not show', async () => {
    const { publicationList } = await town.service.data<{ publicationList: { columns: string[]; rows: string[][] } }>(listQuery, { id: shown.id }, clerk);
    expect(publicationList.columns).toEqual(['序号', '村民组', '农户（户主）', '评议得分']);
    expect(publicationList.rows).toHaveLength(6);
    expect(publicationList.rows.slice(1, 4)).toEqual([
      ['2', '上湾组', `H${groups[0]}0002`, '95.00'],
      ['3', '上湾组', '张*明', '95.00'],
      ['4', '下湾组', '张*明', '95.00'],
    ]);
    const rating = await town.posted({ kind: 'publication.rating', owner: 'rating', key: `${newId()}:${village}` });
    const list = (await town.service.data<{ publicationList: { columns: string[]; rows: string[][] } }>(listQuery, { id: rating.id }, clerk)).publicationList;
    expect(list.columns).toEqual(['序号', '村民组', '信用主体']);
    expect(list.rows[0]).toHaveLength(3);
  });

  it('gives one sign-off sheet per group, with who has been told, no result, and the number of whoever has not agreed to the name', async () => {
    await town.service.data(groupMutation, { input: { requestId: newId(), publicationId: shown.id, groupCode: groups[0], channel: 'slip', exceptSubjectIds: [town.household(2)] } }, clerk);
    const both = await sheets({ division: village, id: shown.id });
    expect(both.map(({ groupName, rows }) => [groupName, rows.length])).toEqual([['上湾组', 3], ['下湾组', 3]]);
    expect(both[0]).toMatchObject({ about: shown.title, columns: ['序号', '户主（名称）', '编号', '签名或手印', '签收日期', '备注'] });
    expect(both[0]?.rows.map(({ label, toldOn }) => [label, toldOn])).toEqual([['张*明', '2030-12-01'], [`H${groups[0]}0002`, '2030-12-01'], ['张*明', null]]);
    expect(both.flatMap(({ rows }) => rows).every((row) => Object.keys(row).toSorted().join() === 'label,no,remark,subjectId,subjectNo,toldOn')).toBe(true);
    expect(await sheets({ division: groups[1], id: shown.id })).toHaveLength(1);
  });

  it('gives the sheet of what belongs to no publication by its template, and asks for one of the two', async () => {
    await town.service.hear('notification.requested', { owner: 'rating', template: 'rating-result', key: newId(), divisionCode: village, subjectId: town.household(4), role: null, publicationId: null });
    const [sheet, ...others] = await sheets({ division: village, template: 'rating-result' });
    expect(others).toEqual([]);
    expect(sheet).toMatchObject({ groupName: '下湾组', rows: [{ subjectId: town.household(4), no: 1 }] });
    expect(sheet?.about).toContain('年度信用评级');
    expect((await town.service.refused(signOffQuery, { division: village }, clerk)).code).toBe('input.invalid');
  });

  it('gives papers only to those of the village, and lists nothing after the end', async () => {
    const neighbour = await town.service.account({ posts: [{ role: 'village-clerk', divisionCode: '341525109205' }] });
    for (const [query, variables] of [[noticeQuery, { id: shown.id }], [listQuery, { id: shown.id }], [signOffQuery, { division: village, id: shown.id }]] as const) {
      expect((await town.service.refused(query, variables, neighbour.token)).code).toBe('access.outside-division');
      expect((await town.service.refused(query, variables, town.token('system-admin'))).code).toBe('access.denied');
    }
    await town.service.moveClockTo('2030-12-09');
    expect((await town.service.refused(listQuery, { id: shown.id }, clerk)).code).toBe('publication.taken-down');
    expect(await sheets({ division: village, id: shown.id })).toHaveLength(2);
  });
});
