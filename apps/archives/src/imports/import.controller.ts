import '@fastify/multipart';
import { collectionSheets, Problem } from '@credit/contracts';
import { type Actor, Allow, CurrentActor, RULES, type Rules } from '@credit/platform';
import { Controller, Get, Header, HttpCode, Inject, Param, ParseUUIDPipe, Post, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { FetchMarked } from './fetch-marked';
import { RequestImport } from './request-import';
import { RunImports } from './run-imports';
import { templateOf } from './template';

const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** 导入之门: `POST /imports?villageCode=…[&dryRun=true]`, multipart field `file`, header `Idempotency-Key`; the template and the marked workbook. */
@Controller('imports')
export class ImportController {
  constructor(
    private readonly requestImport: RequestImport,
    private readonly runImports: RunImports,
    private readonly fetchMarked: FetchMarked,
    @Inject(RULES) private readonly rules: Rules,
  ) {}

  @Get('template.xlsx')
  @Allow('archives.import')
  @Header('content-type', workbookType)
  @Header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent('村级信息采集表.xlsx')}`)
  template(): Promise<Buffer> {
    return templateOf(collectionSheets(this.rules.items));
  }

  @Get(':id/marked.xlsx')
  @Allow('archives.import')
  @Header('content-type', workbookType)
  @Header('cache-control', 'no-store')
  @Header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent('村级信息采集表（已标注）.xlsx')}`)
  marked(@CurrentActor() actor: Actor, @Param('id', ParseUUIDPipe) id: string): Promise<Buffer> {
    return this.fetchMarked.execute(actor, id);
  }

  @Post()
  @HttpCode(202)
  @Allow('archives.import')
  async upload(@CurrentActor() actor: Actor, @Req() request: FastifyRequest, @Query('villageCode') villageCode?: string, @Query('dryRun') dryRun?: string): Promise<{ jobId: string }> {
    const requestId = request.headers['idempotency-key'];
    if (typeof requestId !== 'string') throw new Problem('request.key-missing');
    if (!request.isMultipart()) throw new Problem('media.unsupported');
    const file = await request.file();
    if (!file) throw new Problem('import.file-missing');
    const workbook = await file.toBuffer();
    const receipt = await this.requestImport.execute(actor, { requestId, villageCode: villageCode ?? '', workbook, dryRun: dryRun === 'true' });
    void this.runImports.all().catch(() => undefined);
    return receipt;
  }
}
