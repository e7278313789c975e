import { archivesReads } from '@credit/contracts';
import { type Actor, InternalClient, RULES, type Rules, UnitOfWork } from '@credit/platform';
import { groupTablePdf } from '@credit/print';
import { Inject, Injectable } from '@nestjs/common';
import { MeetingStore } from '../meetings/meeting.store';
import { RoundStore } from '../rounds/round.store';
import { GroupTableStore } from '../tables/group-table.store';
import { TableDesk } from '../tables/table-desk';
import { groupTableInput } from './group-table-paper';

/**
 * 打印小组评议表 — before the meeting with who must withdraw already on it and the rest to be written; afterwards as it was
 * typed, to be checked against the signed paper. Only by somebody who need not withdraw from any household on it. 三(三)3
 */
@Injectable()
export class PrintGroupTable {
  constructor(
    private readonly work: UnitOfWork,
    private readonly peers: InternalClient,
    private readonly desk: TableDesk,
    @Inject(RULES) private readonly rules: Rules,
  ) {}

  async execute(actor: Actor, roundId: string, groupCode: string): Promise<Buffer> {
    const paper = await this.work.read(actor, async (tx) => {
      const round = await new RoundStore(tx).get(roundId);
      actor.require('group-table.print', round.villageCode);
      const ground = await this.desk.groundOf(tx, round, groupCode);
      const subjectIds = ground.households.map(({ householdId }) => householdId);
      ground.recusals.requireFree(actor, subjectIds);
      const tables = new GroupTableStore(tx);
      const table = await tables.current(roundId, groupCode);
      const [division] = await this.peers.all(archivesReads.divisions, { under: groupCode });
      const meetings = await new MeetingStore(tx).ofRound(roundId);
      return groupTableInput({
        year: round.year,
        groupName: division?.name ?? groupCode,
        ground,
        typed: table ? { table, sheets: new Map((await tables.sheets(table.id)).map((sheet) => [sheet.householdId, sheet])) } : null,
        meeting: meetings.findLast((one) => one.groupCode === groupCode && one.cancelledOn === null) ?? null,
        labels: new Map((await this.peers.all(archivesReads.labels, { subjectIds })).map((label) => [label.subjectId, label])),
        capacities: this.rules.capacities,
      });
    });
    return (await groupTablePdf(paper)).pdf;
  }
}
