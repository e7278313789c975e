import { Problem } from '@credit/contracts';
import { type Actor, UnitOfWork } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { markShape } from './mark-input';
import { heldMeeting, type TableReceipt, TableRecorder } from './table-recorder';

const recording = z.object({
  ...heldMeeting.shape,
  rows: z.array(z.object({ householdId: z.uuid(), withdrawnMemberIds: z.array(z.uuid()).max(60).default([]), marks: z.array(markShape).max(60) })).max(500, '一个村民小组最多 500 户'),
});

export type RecordGroupTableInput = z.input<typeof recording> & { readonly requestId: string };

/**
 * 录入小组评议表 — the signed table of one group, typed once with its scan; typing it again before it is confirmed puts the
 * new one in its place. 三(三)3
 */
@Injectable()
export class RecordGroupTable {
  constructor(
    private readonly work: UnitOfWork,
    private readonly recorder: TableRecorder,
  ) {}

  execute(actor: Actor, { requestId, ...body }: RecordGroupTableInput): Promise<TableReceipt> {
    return this.work.once({ actor, operation: 'group-table.record', requestId, body }, async (tx) => {
      const input = recording.parse(body);
      const { round, ground } = await this.recorder.openGroup(tx, actor, input);
      if (round.marking !== 'group-table') throw new Problem('marking.other', { marking: round.marking });
      return this.recorder.record(tx, ground, round, input);
    });
  }
}
