import { type Actor, Allow, CurrentActor, Printed } from '@credit/platform';
import { Controller, Get, Param, ParseUUIDPipe } from '@nestjs/common';
import { PrintGroupTable } from './print-group-table';
import { PrintMeetingNotice } from './print-meeting-notice';

/** 评议文书 — the papers that a review is done with. 三(三)3 */
@Controller('reviews')
export class PapersController {
  constructor(
    private readonly printTable: PrintGroupTable,
    private readonly printNotice: PrintMeetingNotice,
  ) {}

  @Get(':roundId/groups/:groupCode/table.pdf')
  @Allow('group-table.print')
  @Printed('pdf')
  table(@CurrentActor() actor: Actor, @Param('roundId', ParseUUIDPipe) roundId: string, @Param('groupCode') groupCode: string): Promise<Buffer> {
    return this.printTable.execute(actor, roundId, groupCode);
  }

  @Get('meetings/:meetingId/notice.pdf')
  @Allow('meeting.read')
  @Printed('pdf')
  notice(@CurrentActor() actor: Actor, @Param('meetingId', ParseUUIDPipe) meetingId: string): Promise<Buffer> {
    return this.printNotice.execute(actor, meetingId);
  }
}
