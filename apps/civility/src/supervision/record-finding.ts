import { Problem } from '@credit/contracts';
import { type Actor, UnitOfWork } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { RoundStore } from '../rounds/round.store';
import { type FindingReceipt, OpenFinding } from './open-finding';

export const findingKinds = ['composition', 'recusal', 'quorum', 'publication', 'favour', 'other'] as const;

const recording = z.object({
  roundId: z.uuid(),
  groupCode: z
    .string()
    .nullish()
    .transform((code) => code ?? null),
  kind: z.enum(findingKinds),
  note: z.string().trim().min(4, '请写明发现的问题').max(1000, '问题请控制在 1000 字以内'),
});

export type RecordFindingInput = z.input<typeof recording> & { readonly requestId: string };

/** 登记监督发现 — village and town supervisors watch the process; an open finding counts against the group's process. 三(三)2 */
@Injectable()
export class RecordFinding {
  constructor(
    private readonly work: UnitOfWork,
    private readonly opening: OpenFinding,
  ) {}

  execute(actor: Actor, { requestId, ...body }: RecordFindingInput): Promise<FindingReceipt> {
    return this.work.once({ actor, operation: 'finding.record', requestId, body }, async (tx) => {
      const { roundId, ...input } = recording.parse(body);
      const rounds = new RoundStore(tx);
      const round = await rounds.get(roundId);
      actor.require('finding.record', round.villageCode);
      if (input.groupCode !== null && !(await rounds.groupCodes(round.id)).includes(input.groupCode)) {
        throw new Problem('input.invalid', {}, [{ path: 'groupCode', message: '这一轮评议中没有这个村民小组，请核对代码' }]);
      }
      return this.opening.open(tx, round, input);
    });
  }
}
