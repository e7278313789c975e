import { newId } from '@credit/platform';
import { groups, Town, village, withdrawMutation } from './town';

const textQuery = 'query ($id: ID!, $channel: String!, $group: String) { announcementText(publicationId: $id, channel: $channel, groupCode: $group) { channelName text } }';
const contactMutation = 'mutation ($input: ObjectionContactInput!) { setObjectionContact(input: $input) { divisionCode } }';

describe('广播用语', () => {
  let town: Town;
  let clerk: string;
  beforeEach(async () => {
    town = await Town.open();
    clerk = town.token('village-clerk');
  });
  afterEach(() => town.close());

  const say = async (id: string, channel = 'loudspeaker', group?: string): Promise<string> =>
    (await town.service.data<{ announcementText: { text: string } }>(textQuery, { id, channel, ...(group ? { group } : {}) }, clerk)).announcementText.text;
  const refusal = async (id: string, channel = 'loudspeaker', token = clerk): Promise<string> => (await town.service.refused(textQuery, { id, channel }, token)).code;

  it('says aloud that results hang, where, until when and how to object: every number in words, no name, no score', async () => {
    await town.service.data(contactMutation, { input: { requestId: newId(), divisionCode: village, receiver: '大化坪村党支部', address: '大化坪村部', phone: '0564-5000110' } }, clerk);
    const text = await say((await town.posted()).id);
    for (const words of ['关于大化坪村二〇三〇年度乡风文明评议结果的公示', '村党务公开栏、上湾组公示处、下湾组公示处', '二〇三〇年十二月一日开始', '到二〇三〇年十二月八日夜里十二点', '二〇三〇年十二月十八日夜里十二点以前，向大化坪村党支部提出', '零五六四，五零零零幺幺零']) {
      expect(text).toContain(words);
    }
    expect(text).not.toMatch(/\d|张\*|九十五|＿/);
  });

  it('writes the same for the message group in figures, and asks not to pass names on', async () => {
    const text = await say((await town.posted()).id, 'message-group', groups[1]);
    expect(text).toContain('张贴在村党务公开栏、下湾组公示处，公示至2030年12月8日24:00');
    expect(text).toContain('如有异议，请于2030年12月18日24:00前向村党组织提出');
    expect(text).not.toMatch(/张\*|95|上湾组|＿/);
  });

  it('says nothing of objections where the kind takes none', async () => {
    expect(await say((await town.posted({ kind: 'publication.content' })).id)).not.toMatch(/意见|＿/);
  });

  it('speaks only of what hangs: not of a draft, a withdrawn, a suspended or an ended one, nor over other channels', async () => {
    const shown = await town.posted();
    expect(await refusal((await town.draft()).id)).toBe('publication.not-posted');
    expect(await refusal(shown.id, 'slip')).toBe('notification.channel');
    expect(await refusal(shown.id, 'loudspeaker', town.token('system-admin'))).toBe('access.denied');
    const suspended = await town.posted();
    await town.service.data('mutation ($input: SuspendPublicationInput!) { suspendPublication(input: $input) { state } }', { input: { requestId: newId(), publicationId: suspended.id, reason: 'complaint' } }, town.token('town-supervisor'));
    expect(await refusal(suspended.id)).toBe('publication.not-posted');
    await town.service.data(withdrawMutation, { input: { requestId: newId(), publicationId: shown.id, reason: 'wrong-content' } }, town.token('village-supervisor'));
    expect(await refusal(shown.id)).toBe('publication.not-posted');
    const ended = await town.posted();
    await town.service.moveClockTo('2030-12-09');
    expect(await refusal(ended.id)).toBe('publication.over');
  });
});
