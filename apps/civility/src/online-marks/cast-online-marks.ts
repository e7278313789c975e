import { type InputFault, Problem } from '@credit/contracts';
import { type Actor, type Tx, UnitOfWork } from '@credit/platform';
import { isActive } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { ItemListStore } from '../lists/item-list.store';
import type { RoundRow } from '../rounds/round.row';
import { RoundStore } from '../rounds/round.store';
import { OnlineMarkStore } from './online-mark.store';

const casting = z.object({
  roundId: z.uuid(),
  rows: z.array(z.object({ householdId: z.uuid(), itemCodes: z.array(z.string()).min(1).max(60) })).min(1, '请至少评议一户').max(500),
});

type Casting = z.output<typeof casting>;
export type CastOnlineMarksInput = z.input<typeof casting> & { readonly requestId: string };
export type OnlineReceipt = Readonly<{ roundId: string; castOn: string }>;

/**
 * 村民网上评议 — advice from the households of a group to its review group, once per household and round, about others than
 * oneself, without vetoes. Who took part is kept apart from what was marked. 三(三)3 可探索线上线下相结合
 */
@Injectable()
export class CastOnlineMarks {
  constructor(private readonly work: UnitOfWork) {}

  execute(actor: Actor, { requestId, ...body }: CastOnlineMarksInput): Promise<OnlineReceipt> {
    // What was marked is no part of the request's identity: a kept digest of it could be matched with a guess.
    return this.work.once({ actor, operation: 'online-marks.cast', requestId, body: { roundId: body.roundId } }, async (tx) => {
      const input = casting.parse(body);
      const voter = actor.villager?.householdId;
      if (voter === undefined) throw new Problem('access.denied', { action: 'online-marks.cast' });
      const round = await new RoundStore(tx).get(input.roundId);
      if (!round.onlineMarks) throw new Problem('online-marks.off', { roundId: round.id });
      if (round.state !== 'open') throw new Problem('state.illegal-move', { state: round.state });
      const faults = await faultsOf(tx, round, voter, input);
      if (faults.length > 0) throw new Problem('input.invalid', {}, faults);
      const marks = input.rows.flatMap(({ householdId, itemCodes }) => [...new Set(itemCodes)].map((itemCode) => ({ householdId, itemCode })));
      await new OnlineMarkStore(tx).cast(round.id, voter, marks);
      await tx.audit.record('online-marks.cast', round.id);
      return { roundId: round.id, castOn: tx.today };
    });
  }
}

async function faultsOf(tx: Tx, round: RoundRow, voter: string, { rows }: Casting): Promise<InputFault[]> {
  const rounds = new RoundStore(tx);
  const { groupCode } = await rounds.household(round.id, voter);
  const neighbours = new Set((await rounds.households(round.id, groupCode)).map(({ householdId }) => householdId));
  const { list } = await new ItemListStore(tx).get(round.listVersionId);
  const markable = new Set(list.items.filter((item) => item.polarity !== 'veto' && isActive(item)).map(({ code }) => code));
  const seen = new Set<string>();
  return rows.flatMap(({ householdId, itemCodes }, index) => {
    const faults: InputFault[] = [];
    if (householdId === voter) faults.push({ path: `rows.${index}.householdId`, message: '不能评议本户' });
    else if (!neighbours.has(householdId)) faults.push({ path: `rows.${index}.householdId`, message: '只能评议本村民小组的农户' });
    if (seen.has(householdId)) faults.push({ path: `rows.${index}.householdId`, message: '同一户只填一行' });
    seen.add(householdId);
    for (const code of itemCodes) if (!markable.has(code)) faults.push({ path: `rows.${index}.itemCodes`, message: `清单中没有可在网上评议的项目 ${code}` });
    return faults;
  });
}
