import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

const text = { type: String } as const;
const digest = { type: String, description: 'SHA-256，十六进制小写' } as const;

export class ProvinceRowBody {
  @ApiProperty({ type: Number, description: '协议数据版本' }) schema!: number;
  @ApiProperty({ enum: ['upsert', 'delete'], description: 'upsert 新增或更正，delete 删除' }) op!: string;
  @ApiProperty({ format: 'uuid', description: '记录编号，终身不变' }) recordId!: string;
  @ApiProperty({ type: Number, description: '变更序号：同一记录以大者为准' }) sequence!: number;
  @ApiProperty({ type: Number, description: '档案版本' }) version!: number;
  @ApiProperty({ ...text, description: '行政村代码，12 位' }) villageCode!: string;
  @ApiPropertyOptional({ ...text, description: '村民小组代码，14 位；仅 upsert' }) groupCode?: string;
  @ApiPropertyOptional({ enum: ['household', 'entity', 'collective'], description: '仅 upsert' }) subjectKind?: string;
  @ApiPropertyOptional({ ...text, description: '主体编号；仅 upsert' }) subjectNo?: string;
  @ApiPropertyOptional({ format: 'date', description: '校核通过日；仅 upsert' }) verifiedOn?: string;
  @ApiPropertyOptional({ type: 'object', additionalProperties: { type: 'string' }, description: '数据项：值为文本，范围见 rules/province.yaml；仅 upsert' }) items?: Record<string, string>;
  @ApiPropertyOptional({ enum: ['erased', 'withdrawn'], description: 'erased 依法删除，withdrawn 撤回；仅 delete' }) reason?: string;
}

export class ProvinceChangesBody {
  @ApiProperty({ type: [ProvinceRowBody] }) changes!: ProvinceRowBody[];
  @ApiProperty({ description: '下次从这里继续；没有新变更时与所给相同' }) nextCursor!: string;
}

export class RecordReceiptBody {
  @ApiProperty({ format: 'uuid' }) recordId!: string;
  @ApiProperty({ type: Number, description: '所答复的变更序号' }) sequence!: number;
  @ApiProperty({ enum: ['accepted', 'rejected'] }) outcome!: string;
  @ApiPropertyOptional({ description: '退回代码；仅 rejected，必填' }) code?: string;
  @ApiPropertyOptional({ description: '有误的数据项；仅 rejected' }) field?: string;
}

export class ReceiptsBody {
  @ApiProperty({ type: [RecordReceiptBody], description: '一次最多 1000 条' }) receipts!: RecordReceiptBody[];
}

export class ReceiptsTakenBody {
  @ApiProperty({ type: Number, description: '本县有此记录的回执数' }) known!: number;
  @ApiProperty({ type: Number, description: '其中退回数' }) rejected!: number;
}

export class VillageSummaryBody {
  @ApiProperty(text) villageCode!: string;
  @ApiProperty({ type: Number, description: '省平台已接受且未删除的记录数' }) count!: number;
  @ApiProperty({ ...digest, description: '各记录“recordId sha256”加换行、按编号排序后的 SHA-256' }) sha256!: string;
}

export class ProvinceSummaryBody {
  @ApiProperty({ type: [VillageSummaryBody] }) villages!: VillageSummaryBody[];
}
