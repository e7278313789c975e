import { type Actor, Allow, CurrentActor, Printed } from '@credit/platform';
import { Controller, Get, ParseUUIDPipe, Query } from '@nestjs/common';
import { PrintOwnFile } from './print-own-file';

/** 档案查阅之门: `GET /files/own.pdf` for the household itself; with `householdId` and `reason` for the clerk who hands it over. */
@Controller('files')
export class OwnFileController {
  constructor(private readonly print: PrintOwnFile) {}

  @Get('own.pdf')
  @Allow('own-file.print')
  @Printed('pdf')
  ownFile(@CurrentActor() actor: Actor, @Query('householdId', new ParseUUIDPipe({ optional: true })) householdId?: string, @Query('reason') reason?: string): Promise<Buffer> {
    return this.print.execute(actor, { householdId, reason });
  }
}
