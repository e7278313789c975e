import { Problem } from '@credit/contracts';
import { RULES, type Rules, type Tx } from '@credit/platform';
import { Inject, Injectable } from '@nestjs/common';
import { appointed, BodyStore } from '../bodies/body.store';
import { TieStore } from '../bodies/tie.store';
import { ItemListStore } from '../lists/item-list.store';
import type { RoundRow } from '../rounds/round.row';
import { RoundStore } from '../rounds/round.store';
import type { TableGround } from './check-group-table';

/** What a group's table is judged by, as it stands at this moment: recording and confirming judge alike. */
@Injectable()
export class TableDesk {
  constructor(@Inject(RULES) private readonly rules: Rules) {}

  async groundOf(tx: Tx, round: RoundRow, groupCode: string): Promise<TableGround> {
    const bodies = await new BodyStore(tx).ofRound(round.id);
    const body = bodies.find((one) => one.groupCode === groupCode);
    if (!body) throw new Problem('round.bodies-missing', { groupCode }, [{ path: 'groupCode', message: `${groupCode} 还没有评议小组` }]);
    return {
      body,
      rule: this.rules.bodies['review-group'],
      list: (await new ItemListStore(tx).get(round.listVersionId)).list,
      referenceDay: round.referenceDay,
      openedOn: round.openedOn ?? round.preparedOn,
      today: tx.today,
      households: await new RoundStore(tx).households(round.id, groupCode),
      recusals: await new TieStore(tx).recusals(round.id),
      callable: bodies.flatMap((one) => (one.id === body.id ? one.substitutes : appointed(one)).map(({ memberId }) => memberId)),
    };
  }
}
