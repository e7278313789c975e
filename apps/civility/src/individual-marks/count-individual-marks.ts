import { type InputFault, Problem } from '@credit/contracts';
import { type Actor, UnitOfWork, Vault } from '@credit/platform';
import { agreedMarks, type IndividualSheet, quorum } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { TableGround } from '../tables/check-group-table';
import { heldMeeting, type TableReceipt, TableRecorder } from '../tables/table-recorder';
import { IndividualSheetStore } from './individual-sheet.store';

const counting = z.object({
  ...heldMeeting.shape,
  /** Who withdrew where, beyond what was declared and decided. */
  withdrawals: z.array(z.object({ householdId: z.uuid(), memberIds: z.array(z.uuid()).max(60) })).max(500).default([]),
});

type Counting = z.output<typeof counting>;
export type CountIndividualMarksInput = z.input<typeof counting> & { readonly requestId: string };

/**
 * 汇总个人评议表 — an item counts by the majority of those present and not withdrawn; what comes of it is the group's table,
 * to be confirmed by a second person like any other. Everybody who decides on a household must have marked it. 三(三)3 [D]
 */
@Injectable()
export class CountIndividualMarks {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
    private readonly recorder: TableRecorder,
  ) {}

  execute(actor: Actor, { requestId, ...body }: CountIndividualMarksInput): Promise<TableReceipt> {
    return this.work.once({ actor, operation: 'individual-marks.count', requestId, body }, async (tx) => {
      const input = counting.parse(body);
      const { round, ground } = await this.recorder.openGroup(tx, actor, input);
      if (round.marking !== 'individual') throw new Problem('marking.other', { marking: round.marking });
      const householdIds = ground.households.map(({ householdId }) => householdId);
      const seals = await this.vault.existing(tx, householdIds);
      const sheets = await new IndividualSheetStore(tx).of(round.id, householdIds, seals);
      const { withdrawals, ...held } = input;
      const rows = householdIds.map((householdId) => {
        const withdrawnMemberIds = withdrawnFrom(householdId, withdrawals, input, ground);
        return { householdId, withdrawnMemberIds, deciding: decidingOn(withdrawnMemberIds, input, ground), given: sheets.get(householdId) ?? [] };
      });
      const missing = rows.flatMap((row) => missingOf(row, ground));
      if (missing.length > 0) throw new Problem('marking.missing', { groupCode: input.groupCode }, missing);
      return this.recorder.record(tx, ground, round, {
        ...held,
        rows: rows.map(({ householdId, withdrawnMemberIds, deciding, given }) => ({ householdId, withdrawnMemberIds, marks: agreedMarks(given, deciding) })),
      });
    });
  }
}

function withdrawnFrom(householdId: string, withdrawals: Counting['withdrawals'], { presentMemberIds }: Counting, { recusals }: TableGround): string[] {
  const stated = withdrawals.find((one) => one.householdId === householdId)?.memberIds ?? [];
  return [...new Set([...stated, ...recusals.required(presentMemberIds, householdId)])];
}

function decidingOn(withdrawn: readonly string[], { presentMemberIds }: Counting, { body, rule, callable }: TableGround): readonly string[] {
  return quorum(rule, { members: body.members.map(({ memberId }) => memberId), present: presentMemberIds, withdrawn, substitutes: callable }).deciding;
}

function missingOf({ householdId, deciding, given }: { householdId: string; deciding: readonly string[]; given: readonly IndividualSheet[] }, { households }: TableGround): InputFault[] {
  const number = households.find((one) => one.householdId === householdId)?.householdNo;
  return deciding.filter((memberId) => !given.some((sheet) => sheet.memberId === memberId)).map((memberId) => ({ path: 'presentMemberIds', message: `${number} 户：成员 ${memberId} 没有交个人评议表` }));
}
