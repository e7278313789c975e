import { type Actor, Allow, CurrentActor, Printed, Public } from '@credit/platform';
import { Controller, Get, Header, Param, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { toString as qrSvg } from 'qrcode';
import { CheckPlaque } from './check-plaque';
import { plaquePage } from './plaque-page';
import { PrepareVillageForm } from './prepare-village-form';

/** 信用村的纸面和牌匾 — the form to print, the page behind a plaque's code. */
@Controller('villages')
export class VillageController {
  constructor(
    private readonly form: PrepareVillageForm,
    private readonly check: CheckPlaque,
  ) {}

  @Get(':villageCode/form.pdf')
  @Allow('village.view')
  @Printed('pdf')
  print(@CurrentActor() actor: Actor, @Param('villageCode') villageCode: string): Promise<Buffer> {
    return this.form.print(actor, villageCode);
  }

  @Get('check')
  @Public('whoever stands before a plaque may check it; names a village only')
  @Printed('html')
  async page(@Query('serial') serial?: string): Promise<string> {
    return plaquePage(serial, serial ? await this.check.execute(String(serial)) : null);
  }

  /** 牌匾二维码 — leads to the page above under the name by which this door was reached. */
  @Get('plaques/:serial/qr.svg')
  @Allow('village.plaque')
  @Header('content-type', 'image/svg+xml')
  qr(@Req() request: FastifyRequest, @Param('serial') serial: string): Promise<string> {
    return qrSvg(`${request.protocol}://${request.host}/villages/check?serial=${encodeURIComponent(serial)}`, { type: 'svg' });
  }
}
