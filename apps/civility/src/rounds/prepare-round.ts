import { archivesReads, Problem } from '@credit/contracts';
import { type Actor, InternalClient, newId, type Tx, UnitOfWork } from '@credit/platform';
import { isWithin, type PlainDate, roundMachine } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { ItemListStore } from '../lists/item-list.store';
import { RoundStore } from './round.store';

const preparing = z.object({
  villageCode: z.string().regex(/^\d{12}$/, '请填写村的 12 位行政区划代码'),
  year: z.int().min(2022, '年度须为 2022 年及以后').max(2100),
  referenceDay: z.iso.date('日期须形如 2022-12-01').transform((text) => text as PlainDate),
  listVersionId: z.uuid(),
  marking: z.enum(['group-table', 'individual']).default('group-table'),
  onlineMarks: z.boolean().default(false),
});

type Preparing = z.output<typeof preparing>;
export type PrepareRoundInput = z.input<typeof preparing> & { readonly requestId: string };
export type PrepareReceipt = Readonly<{ roundId: string; households: number; groups: number }>;

/**
 * 准备评议轮次 — one per village and year, by the list in force in the county on the reference day, with the households as the
 * archives have them now; asks for the content to be published in every villager group. 三(三)1
 */
@Injectable()
export class PrepareRound {
  constructor(
    private readonly work: UnitOfWork,
    private readonly peers: InternalClient,
  ) {}

  execute(actor: Actor, { requestId, ...body }: PrepareRoundInput): Promise<PrepareReceipt> {
    return this.work.once({ actor, operation: 'round.prepare', requestId, body }, async (tx) => {
      const input = preparing.parse(body);
      actor.require('round.prepare', input.villageCode);
      await requireList(tx, input);
      const rows = await this.peers.all(archivesReads.households, { under: input.villageCode });
      if (rows.length === 0) throw new Problem('round.no-households', { villageCode: input.villageCode });
      const households = rows.map(({ householdId, householdNo, groupCode }) => ({ householdId, householdNo, groupCode }));
      const id = newId();
      await new RoundStore(tx).insert({ ...input, id, state: roundMachine.initial, preparedOn: tx.today }, households);
      await tx.outbox.append('publication.requested', { kind: 'publication.content', owner: 'civility', key: id, divisionCode: input.villageCode });
      await tx.audit.record('round.prepared', id, { ...input, households: households.length });
      return { roundId: id, households: households.length, groups: new Set(households.map(({ groupCode }) => groupCode)).size };
    });
  }
}

async function requireList(tx: Tx, { villageCode, listVersionId, referenceDay }: Preparing): Promise<void> {
  const version = await new ItemListStore(tx).get(listVersionId);
  if (!isWithin(version.countyCode, villageCode)) throw new Problem('not-found', { listVersionId });
  if (version.approvedOn === null) throw new Problem('item-list.not-approved', { listVersionId });
  if (version.effectiveFrom > referenceDay) throw new Problem('item-list.not-in-force', { listVersionId, effectiveFrom: version.effectiveFrom, referenceDay });
  const inForce = await new ItemListStore(tx).inForce(version.countyCode, referenceDay);
  if (inForce?.id !== listVersionId) throw new Problem('item-list.superseded', { listVersionId, inForce: inForce?.id ?? null });
}
