import { civilityReads } from '@credit/contracts';
import { groupOne, groupTwo, ReviewTown, village } from './town';

describe('原评议人员', () => {
  it('are those of the deliberation group who marked the household in its group, not those who withdrew from it', async () => {
    const town = await ReviewTown.open();
    try {
      const cadre = await town.service.account({ posts: [{ role: 'village-cadre', divisionCode: village }] });
      await town.prepare();
      const inGroup = await town.form(groupOne, [{ capacity: 'responsible-cadre', accountId: cadre.accountId }, ...ReviewTown.review().slice(1)]);
      await town.form(groupTwo, ReviewTown.review());
      await town.form('village', [...ReviewTown.deliberation().filter(({ capacity }) => capacity !== 'village-cadre'), { capacity: 'village-cadre', accountId: cadre.accountId }]);
      await town.act(cadre, 'declareTies', 'added', { memberId: inGroup[0], ties: [{ householdId: town.household(1), relation: 'spouse' }] });
      town.publish('publication.content');
      await town.service.moveClockTo('2030-11-05');
      await town.act('townOfficer', 'openRound', 'state', { roundId: town.roundId });
      const scored = async (index: number) => {
        const rows = await town.service.ask(civilityReads.deliberators, { roundId: town.roundId, householdId: town.household(index) }, 'appeals');
        return rows.filter((row) => row.scored).map(({ accountId }) => accountId);
      };
      expect(await scored(0)).toEqual([]);
      await town.confirmTable(groupOne, [{ householdId: town.household(1), withdrawnMemberIds: [inGroup[0] ?? ''] }]);
      expect(await scored(0)).toEqual([cadre.accountId]);
      expect(await scored(1)).toEqual([]);
      expect(await scored(4)).toEqual([]);
    } finally {
      await town.service.close();
    }
  });
});
