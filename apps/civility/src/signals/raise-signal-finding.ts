import { Problem } from '@credit/contracts';
import { type Actor, UnitOfWork } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { RoundStore } from '../rounds/round.store';
import { FindingStore } from '../supervision/finding.store';
import { type FindingReceipt, OpenFinding } from '../supervision/open-finding';
import { SignalDesk } from './signal-desk';

const raising = z.object({
  roundId: z.uuid(),
  digest: z.string().regex(/^[0-9a-f]{64}$/, '请提交信号的摘要'),
  note: z.string().trim().min(4, '请写明要村里核查什么').max(1000, '说明请控制在 1000 字以内'),
});

export type RaiseSignalFindingInput = z.input<typeof raising> & { readonly requestId: string };

/** 信号转为监督发现 — with its kind and figures as they were shown, so that the village must answer it; nothing else ever follows from a signal. 三(三) */
@Injectable()
export class RaiseSignalFinding {
  constructor(
    private readonly work: UnitOfWork,
    private readonly desk: SignalDesk,
    private readonly opening: OpenFinding,
  ) {}

  execute(actor: Actor, { requestId, ...body }: RaiseSignalFindingInput): Promise<FindingReceipt> {
    return this.work.once({ actor, operation: 'signal.raise', requestId, body }, async (tx) => {
      const { roundId, digest, note } = raising.parse(body);
      const round = await new RoundStore(tx).lock(roundId);
      actor.require('signal.raise', round.villageCode);
      const findingId = (await new FindingStore(tx).raised(round.id)).get(digest);
      if (findingId !== undefined) throw new Problem('signal.raised', { findingId });
      const shown = (await this.desk.of(tx, round)).find((one) => one.digest === digest);
      if (!shown) throw new Problem('signal.changed', { roundId: round.id });
      return this.opening.open(tx, round, { groupCode: shown.signal.groupCode, kind: shown.signal.kind, note, raised: shown });
    });
  }
}
