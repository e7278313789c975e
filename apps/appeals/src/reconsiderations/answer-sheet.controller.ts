import { type Actor, Allow, CurrentActor } from '@credit/platform';
import { Controller, Get, Header, Param, ParseUUIDPipe, Query } from '@nestjs/common';
import { readCopyFor } from './answer-sheet';
import { PrintAnswer } from './print-answer';

/** 复议答复书 — PDF ready to be sealed. */
@Controller('reconsideration-answers')
export class AnswerSheetController {
  constructor(private readonly print: PrintAnswer) {}

  @Get(':objectionId')
  @Allow('reconsideration.print')
  @Header('content-type', 'application/pdf')
  @Header('cache-control', 'no-store')
  pdf(@CurrentActor() actor: Actor, @Param('objectionId', ParseUUIDPipe) objectionId: string, @Query('copyFor') copyFor?: string): Promise<Buffer> {
    return this.print.execute(actor, objectionId, readCopyFor(copyFor) ?? 'applicant');
  }
}
