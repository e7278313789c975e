import { newId } from '@credit/platform';
import { groups, groupMutation, type Shown, Town, village } from './town';

const contactMutation = 'mutation ($input: ObjectionContactInput!) { setObjectionContact(input: $input) { divisionCode } }';

describe('公示文书', () => {
  let town: Town;
  let shown: Shown;
  beforeAll(async () => {
    town = await Town.open({ environment: { SETTINGS: JSON.stringify({ publicUrl: 'https://county.example/publicity' }) } });
    town.label = '张*<b>明';
    const contact = { requestId: newId(), divisionCode: village, receiver: '大化坪村党支部', address: '大化坪村部', phone: '0564-5000000' };
    await town.service.data(contactMutation, { input: contact }, town.token('village-clerk'));
    shown = await town.posted();
  });
  afterAll(() => town.close());

  const notice = (id = shown.id, query = '') => town.page(`/notices/${id}${query}`, 'village-clerk');

  it('says what is published, until when, and how to object by when', async () => {
    const { status, text } = await notice();
    expect(status).toBe(200);
    for (const words of [shown.title, shown.number, '2030年12月1日至2030年12月8日24:00止', '公示期7个自然日', '至2030年12月18日24:00止', '大化坪村党支部', '0564-5000000', '（盖章）', '上湾组', '下湾组', '95.00']) {
      expect(text).toContain(words);
    }
  });

  it('is made for A4, repeats the head of its table and runs nothing', async () => {
    const { text } = await notice();
    expect(text).toMatch(/@page\{size:A4/);
    expect(text).toContain('thead{display:table-header-group}');
    expect(text).not.toMatch(/<script|src=|href=/);
    expect(text).toContain('<svg');
  });

  it('escapes whatever is put in', async () => {
    const { text } = await notice();
    expect(text).toContain('张*&#60;b&#62;明');
    expect(text).not.toContain('<b>');
  });

  it('prints one group for the place where it hangs', async () => {
    const place = shown.places.find(({ divisionCode }) => divisionCode === groups[1]);
    const { text } = await notice(shown.id, `?place=${place?.id}`);
    expect(text).toContain('张贴处：下湾组');
    expect(text).not.toContain('上湾组');
    expect(text.match(/<td>95\.00<\/td>/g)).toHaveLength(3);
  });

  it('writes the last days of a draft out as if it were posted on the day named', async () => {
    const draft = await town.draft();
    expect((await notice(draft.id, '?postOn=2030-12-05')).text).toContain('2030年12月5日至2030年12月12日24:00止');
    expect((await notice(draft.id, '?postOn=12-05')).status).toBe(400);
  });

  it('shows no grade and no score on a rating list, even when the owner answers one', async () => {
    const list = await town.posted({ kind: 'publication.rating', owner: 'rating', key: `${newId()}:${village}` });
    const { text } = await notice(list.id);
    expect(text).toContain('拟评定为A级及以上');
    expect(text).not.toMatch(/<td>(AAA|AA|A)<\/td>|等级<\/th>|得分/);
    expect(text.match(/<td>张/g)).toHaveLength(6);
  });

  it('prints the items of a content publication', async () => {
    expect((await notice((await town.draft({ kind: 'publication.content' })).id)).text).toContain('孝敬老人 加3分');
  });

  it('is printed only for those who may', async () => {
    expect((await town.page(`/notices/${shown.id}`)).status).toBe(401);
    expect((await town.page(`/notices/${shown.id}`, 'system-admin')).status).toBe(403);
    expect((await notice(newId())).status).toBe(404);
    expect((await notice('nonsense')).status).toBe(400);
  });

  it('prints a slip per household still to be told, with its own code and no score', async () => {
    const slips = () => town.page(`/slips?division=${groups[0]}&publication=${shown.id}`, 'village-clerk');
    const { text } = await slips();
    expect(text.match(/class="slip"/g)).toHaveLength(3);
    for (const code of ['C0DE0', 'C0DE1', 'C0DE2']) expect(text).toContain(code);
    expect(text).not.toMatch(/C0DE3|95\.00/);
    await town.service.data(groupMutation, { input: { requestId: newId(), publicationId: shown.id, groupCode: groups[0], channel: 'slip', exceptSubjectIds: [town.household(1)] } }, town.token('village-clerk'));
    expect((await slips()).text.match(/class="slip"/g)).toHaveLength(1);
    expect((await town.page(`/slips?division=${groups[0]}`, 'village-supervisor')).status).toBe(403);
  });

  it('prints slips for rating results, which belong to no publication', async () => {
    await town.service.hear('notification.requested', { owner: 'rating', template: 'rating-result', key: newId(), divisionCode: village, subjectId: town.household(4), role: null, publicationId: null });
    const { text } = await town.page(`/slips?division=${groups[1]}&template=rating-result`, 'village-clerk');
    expect(text.match(/class="slip"/g)).toHaveLength(1);
    expect(text).toContain('C0DE4');
  });
});
