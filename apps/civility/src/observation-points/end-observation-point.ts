import { Problem } from '@credit/contracts';
import { type Actor, UnitOfWork, Vault } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { ObservationPointStore } from './observation-point.store';

const ending = z.object({ pointId: z.uuid(), reason: z.string().trim().min(4, '请写明撤销的理由').max(500, '理由请控制在 500 字以内') });

export type EndObservationPointInput = z.input<typeof ending> & { readonly requestId: string };
export type ObservationEndReceipt = Readonly<{ pointId: string; endedOn: string }>;

/** 撤销观摩点 — before its last day, with the reason; visits of the days before stay. 三(三) */
@Injectable()
export class EndObservationPoint {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
  ) {}

  execute(actor: Actor, { requestId, ...body }: EndObservationPointInput): Promise<ObservationEndReceipt> {
    return this.work.once({ actor, operation: 'observation-point.end', requestId, body }, async (tx) => {
      const { pointId, reason } = ending.parse(body);
      const points = new ObservationPointStore(tx);
      const { divisionCode, state } = await points.lock(pointId);
      actor.require('observation-point.write', divisionCode);
      if (state === 'ended' || state === 'over') throw new Problem('observation-point.over', { pointId, state });
      await points.end(pointId, (await this.vault.sealFor(tx, pointId)).seal(reason, ['observation_point', pointId, 'end_reason']));
      await tx.audit.record('observation-point.ended', pointId, { divisionCode });
      return { pointId, endedOn: tx.today };
    });
  }
}
