import { type Actor, Allow, CurrentActor, Printed } from '@credit/platform';
import { Controller, Get, Param, ParseUUIDPipe, Query } from '@nestjs/common';
import { PrintSlips } from '../printing/print-slips';
import { division, optionalDay, optionalId } from '../printing/queries';
import { PrintNotice } from './print-notice';
import { slipPage } from './slip-page';

/** 文书 — as pages of a browser. */
@Controller()
export class NoticesController {
  constructor(
    private readonly printNotice: PrintNotice,
    private readonly printSlips: PrintSlips,
  ) {}

  @Get('notices/:publicationId')
  @Allow('notice.print')
  @Printed('html')
  notice(
    @CurrentActor() actor: Actor,
    @Param('publicationId', ParseUUIDPipe) publicationId: string,
    @Query('place') place?: string,
    @Query('postOn') postOn?: string,
  ): Promise<string> {
    return this.printNotice.execute(actor, { publicationId, placeId: optionalId('place', place), postOn: optionalDay('postOn', postOn) });
  }

  @Get('slips')
  @Allow('slip.print')
  @Printed('html')
  async slips(@CurrentActor() actor: Actor, @Query('division') code?: string, @Query('publication') publication?: string, @Query('template') template?: string): Promise<string> {
    return slipPage(await this.printSlips.execute(actor, { divisionCode: division('division', code), publicationId: optionalId('publication', publication), template }));
  }
}
