import { type Actor, Allow, CurrentActor } from '@credit/platform';
import { Body, Controller, Get, Headers, HttpCode, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiHeader, ApiOkResponse, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { ProvinceChangesBody, ProvinceSummaryBody, ReceiptsBody, ReceiptsTakenBody } from './province.documents';
import { type ProvinceChanges, ServeChanges } from './serve-changes';
import { TakeReceipts } from './take-receipts';

@ApiTags('省平台')
@ApiBearerAuth('client')
@Controller('v1/province')
export class ProvinceController {
  constructor(
    private readonly serve: ServeChanges,
    private readonly take: TakeReceipts,
  ) {}

  @Get('changes')
  @Allow('province.sync')
  @ApiOperation({ summary: '省平台取数', description: '已校核档案的新增、更正与删除，按变更序号排列；须 scope “credit purpose:province-sync”。' })
  @ApiQuery({ name: 'after', required: false, description: '上次返回的 nextCursor' })
  @ApiQuery({ name: 'limit', required: false, description: '1–500，默认 200' })
  @ApiOkResponse({ type: ProvinceChangesBody })
  changes(@CurrentActor() actor: Actor, @Query() query: Record<string, unknown>): Promise<ProvinceChanges> {
    return this.serve.changes(actor, query);
  }

  @Get('summary')
  @Allow('province.sync')
  @ApiOperation({ summary: '分村对账数据', description: '按回执，省平台现应持有的记录数与摘要。' })
  @ApiOkResponse({ type: ProvinceSummaryBody })
  summary(@CurrentActor() actor: Actor): Promise<ProvinceSummaryBody> {
    return this.serve.summary(actor);
  }

  @Post('receipts')
  @HttpCode(200)
  @Allow('province.sync')
  @ApiOperation({ summary: '省平台回执', description: '逐条答复所取的记录：接受，或退回并说明代码与数据项。重复提交无害。' })
  @ApiHeader({ name: 'Idempotency-Key', required: true, description: '请求编号（8–100 位字母、数字或 _ . : -）' })
  @ApiBody({ type: ReceiptsBody })
  @ApiOkResponse({ type: ReceiptsTakenBody })
  receipts(@CurrentActor() actor: Actor, @Headers('idempotency-key') requestId: string | undefined, @Body() body: unknown): Promise<ReceiptsTakenBody> {
    return this.take.execute(actor, requestId ?? '', body);
  }
}
