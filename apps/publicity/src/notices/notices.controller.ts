import { Problem } from '@credit/contracts';
import { type Actor, Allow, CurrentActor } from '@credit/platform';
import { isPlainDate, type PlainDate } from '@credit/policy';
import { Controller, Get, Header, Param, ParseUUIDPipe, Query } from '@nestjs/common';
import { PrintNotice } from './print-notice';
import { PrintSlips } from '../printing/print-slips';
import { slipPage } from './slip-page';

const htmlType = 'text/html; charset=utf-8';
const uuidShape = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const divisionShape = /^\d{12}(\d{2})?$/;

function faulty(path: string, message: string): Problem {
  return new Problem('input.invalid', {}, [{ path, message }]);
}

function optionalId(path: string, value: string | undefined): string | undefined {
  if (value !== undefined && !uuidShape.test(value)) throw faulty(path, '编号格式有误，请核对');
  return value;
}

function optionalDay(path: string, value: string | undefined): PlainDate | undefined {
  if (value === undefined) return undefined;
  if (!isPlainDate(value)) throw faulty(path, '日期须形如 2022-12-01');
  return value;
}

function division(path: string, value: string | undefined): string {
  if (value === undefined || !divisionShape.test(value)) throw faulty(path, '请填写 12 位行政区划代码或 14 位村民组代码');
  return value;
}

/** 文书 — HTML ready to print. */
@Controller()
export class NoticesController {
  constructor(
    private readonly printNotice: PrintNotice,
    private readonly printSlips: PrintSlips,
  ) {}

  @Get('notices/:publicationId')
  @Allow('notice.print')
  @Header('content-type', htmlType)
  @Header('cache-control', 'no-store')
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
  @Header('content-type', htmlType)
  @Header('cache-control', 'no-store')
  async slips(@CurrentActor() actor: Actor, @Query('division') code?: string, @Query('publication') publication?: string, @Query('template') template?: string): Promise<string> {
    return slipPage(await this.printSlips.execute(actor, { divisionCode: division('division', code), publicationId: optionalId('publication', publication), template }));
  }
}
