import { Problem } from '@credit/contracts';
import { Printed, Public, Tokens } from '@credit/platform';
import { Controller, Get, Param, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Sessions } from '../sessions/sessions';
import { ExportList } from './export-list';

/** 导出 — `GET /exports/<list>?<conditions>`: any list of the graph as a workbook, by the names and conditions it has there. */
@Controller('exports')
@Public('asks the graph on behalf of the bearer; the owning service checks the rights, identity whether the bearer may export at all')
export class ExportsController {
  constructor(
    private readonly exporting: ExportList,
    private readonly sessions: Sessions,
    private readonly tokens: Tokens,
  ) {}

  @Get(':list')
  @Printed('xlsx')
  async list(@Param('list') list: string, @Query() given: Record<string, string>, @Req() request: FastifyRequest): Promise<Buffer> {
    const token = await this.sessions.tokenOf(request);
    if (!token) throw new Problem('auth.missing');
    await this.tokens.verify(token);
    return this.exporting.execute(list, given, { authorization: `Bearer ${token}`, requestId: request.id });
  }
}
