import '@fastify/multipart';
import { Problem } from '@credit/contracts';
import { type Actor, Allow, CurrentActor } from '@credit/platform';
import { Controller, HttpCode, Post, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { RequestImport } from './request-import';
import { RunImports } from './run-imports';

/** 导入之门: `POST /imports?villageCode=…`, multipart field `file`, header `Idempotency-Key`. */
@Controller('imports')
export class ImportController {
  constructor(
    private readonly requestImport: RequestImport,
    private readonly runImports: RunImports,
  ) {}

  @Post()
  @HttpCode(202)
  @Allow('archives.import')
  async upload(@CurrentActor() actor: Actor, @Req() request: FastifyRequest, @Query('villageCode') villageCode?: string): Promise<{ jobId: string }> {
    const requestId = request.headers['idempotency-key'];
    if (typeof requestId !== 'string') throw new Problem('request.key-missing');
    if (!request.isMultipart()) throw new Problem('media.unsupported');
    const file = await request.file();
    if (!file) throw new Problem('import.file-missing');
    const workbook = await file.toBuffer();
    const receipt = await this.requestImport.execute(actor, { requestId, villageCode: villageCode ?? '', workbook });
    void this.runImports.all().catch(() => undefined);
    return receipt;
  }
}
