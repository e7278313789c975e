import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { largestBatch } from './lookup-input';

class IdentifierBody {
  @ApiPropertyOptional({ description: '居民身份号码（18 位）；三种编号只填一种', example: '999999199001010018' })
  residentId?: string;

  @ApiPropertyOptional({ description: '统一社会信用代码' })
  creditCode?: string;

  @ApiPropertyOptional({ description: '主体编号，如户编号' })
  subjectNo?: string;
}

export class LookupBody extends IdentifierBody {
  @ApiProperty({ description: '用途代码，须与授权一致，且凭证的 scope 含 purpose:<用途>；现行代码见 GET /v1/purposes', example: 'loan' })
  purpose!: string;
}

class LookupItem extends IdentifierBody {
  @ApiPropertyOptional({ description: '贵方自己的对应编号，原样带回', maxLength: 64 })
  ref?: string;
}

export class BatchBody {
  @ApiProperty({ description: '用途代码，同单笔查询', example: 'loan' })
  purpose!: string;

  @ApiProperty({ type: [LookupItem], minItems: 1, maxItems: largestBatch })
  items!: LookupItem[];
}

class ScorecardVersion {
  @ApiProperty() id!: string;
  @ApiProperty() version!: number;
}

class CreditAnswerBody {
  @ApiProperty({ format: 'uuid', description: '查询编号，农户可见' }) queryId!: string;
  @ApiProperty({ format: 'uuid', description: '查询机构' }) clientId!: string;
  @ApiProperty({ description: '用途代码' }) purpose!: string;
  @ApiProperty({ format: 'date-time', description: '答复时刻' }) answeredAt!: string;
  @ApiProperty({ description: '主体编号' }) subjectNo!: string;
  @ApiProperty({ enum: ['household', 'entity', 'collective'] }) subjectKind!: string;
  @ApiProperty({ enum: ['valid', 'expired', 'revoked', 'unrated'], description: '按答复时刻计算' }) status!: string;
  @ApiProperty({ type: String, nullable: true, description: '信用等级' }) grade!: string | null;
  @ApiProperty({ description: '是否信用主体（A 级及以上）' }) creditSubject!: boolean;
  @ApiProperty({ type: String, format: 'date', nullable: true, description: '评定日' }) certifiedOn!: string | null;
  @ApiProperty({ type: String, format: 'date', nullable: true, description: '有效期最后一日' }) lastDay!: string | null;
  @ApiProperty({ description: '是否有未办结的异议' }) disputed!: boolean;
  @ApiProperty({ type: ScorecardVersion, nullable: true, description: '所用评分卡及版本' }) scorecard!: ScorecardVersion | null;
}

export class SignedAnswerBody extends CreditAnswerBody {
  @ApiProperty({ description: '对其余各项（键按字典序、无空格的 JSON）的 JWS 紧凑签名，可留存为凭证' })
  signature!: string;
}

class BatchResultItem {
  @ApiProperty({ type: String, nullable: true }) ref!: string | null;
  @ApiProperty({ enum: ['answered', 'consent.missing', 'consent.revoked'] }) outcome!: string;
  @ApiProperty({ format: 'uuid' }) queryId!: string;
  @ApiProperty({ type: SignedAnswerBody, nullable: true }) answer!: SignedAnswerBody | null;
}

export class BatchResultBody {
  @ApiProperty({ type: [BatchResultItem] }) results!: BatchResultItem[];
}

export class ProblemBody {
  @ApiProperty({ example: 'urn:credit-village:problem:consent.missing' }) type!: string;
  @ApiProperty({ example: 'consent.missing' }) code!: string;
  @ApiProperty({ example: 403 }) status!: number;
  @ApiProperty({ description: '中文说明，写明怎么办' }) title!: string;
  @ApiProperty({ type: 'object', additionalProperties: true }) facts!: Record<string, unknown>;
  @ApiProperty({ description: '请求编号，联系管理员时提供' }) requestId!: string;
}
