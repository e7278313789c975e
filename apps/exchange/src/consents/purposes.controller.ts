import { type Actor, Allow, CurrentActor, type Rules, RULES, UnitOfWork } from '@credit/platform';
import { Controller, Get, Inject } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { purposeList } from './purposes';

class PurposeBody {
  @ApiProperty({ description: '用途代码', example: 'loan' }) code!: string;
  @ApiProperty({ description: '名称' }) zh!: string;
}

class PurposesBody {
  @ApiProperty({ type: [PurposeBody] }) purposes!: PurposeBody[];
}

/** 授权用途 — the codes in force today, so that a bank need not carry a list of its own. */
@ApiTags('查询')
@ApiBearerAuth('client')
@Controller('v1/purposes')
export class PurposesController {
  constructor(
    private readonly work: UnitOfWork,
    @Inject(RULES) private readonly rules: Rules,
  ) {}

  @Get()
  @Allow('lookup.ask')
  @ApiOperation({ summary: '现行的授权用途', description: '取得凭证时申请 scope “credit purpose:<用途代码>”。' })
  @ApiOkResponse({ type: PurposesBody })
  list(@CurrentActor() actor: Actor): Promise<PurposesBody> {
    return this.work.read(actor, (tx) => Promise.resolve({ purposes: purposeList(this.rules, tx.today) }));
  }
}
