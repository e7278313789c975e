import { type Actor, Allow, CurrentActor } from '@credit/platform';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProperty, ApiQuery, ApiTags } from '@nestjs/swagger';
import { type ChangePage, ListChanges } from './list-changes';

class ChangeBody {
  @ApiProperty({ description: '主体编号' }) subjectNo!: string;
  @ApiProperty({ enum: ['household', 'entity', 'collective'] }) subjectKind!: string;
  @ApiProperty({ format: 'date' }) certifiedOn!: string;
  @ApiProperty({ format: 'date' }) lastDay!: string;
}

class ChangePageBody {
  @ApiProperty({ type: [ChangeBody] }) changes!: ChangeBody[];
  @ApiProperty({ description: '下次从这里继续；没有新变更时与所给相同' }) nextCursor!: string;
}

@ApiTags('变更')
@ApiBearerAuth('client')
@Controller('v1/changes')
export class ChangesController {
  constructor(private readonly listChanges: ListChanges) {}

  @Get()
  @Allow('lookup.ask')
  @ApiOperation({ summary: '评定变更', description: '已向本机构授权的主体中新评定的主体编号与日期；等级请再查询。' })
  @ApiQuery({ name: 'purpose', description: '用途代码，见 GET /v1/purposes' })
  @ApiQuery({ name: 'after', required: false, description: '上次返回的 nextCursor' })
  @ApiQuery({ name: 'limit', required: false, description: '1–100，默认 50' })
  @ApiOkResponse({ type: ChangePageBody, description: '自游标之后的变更' })
  list(@CurrentActor() actor: Actor, @Query() query: Record<string, unknown>): Promise<ChangePage> {
    return this.listChanges.execute(actor, query);
  }
}
