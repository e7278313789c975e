import { Problem } from '@credit/contracts';
import { type Actor, Allow, CurrentActor } from '@credit/platform';
import { Body, Controller, Headers, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiHeader, ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { LookupResult } from './answer-desk';
import { BatchBody, BatchResultBody, LookupBody, ProblemBody, SignedAnswerBody } from './lookup.documents';
import { LookUp } from './look-up';

const idempotencyKey = { name: 'Idempotency-Key', required: true, description: '请求编号（8–100 位字母、数字或 _ . : -）；同一编号同一内容重发得到同一答复，内容不同答 422' } as const;
const problem = (status: number, description: string) => ({ status, description, type: ProblemBody });

@ApiTags('查询')
@ApiBearerAuth('client')
@Controller('v1/lookups')
export class LookupController {
  constructor(private readonly lookUp: LookUp) {}

  @Post()
  @HttpCode(200)
  @Allow('lookup.ask')
  @ApiOperation({ summary: '查询信用评价结果', description: '须有主体（农户为全部成年成员）对本机构和本用途的有效授权。查无此人与无授权答复相同。' })
  @ApiHeader(idempotencyKey)
  @ApiBody({ type: LookupBody })
  @ApiOkResponse({ type: SignedAnswerBody, description: '带签名的答复' })
  @ApiResponse(problem(400, '内容有误'))
  @ApiResponse(problem(401, '凭证缺失、无效或过期'))
  @ApiResponse(problem(403, '无授权、授权已撤回'))
  @ApiResponse(problem(422, '请求编号已用于其他内容'))
  @ApiResponse(problem(429, '过于频繁'))
  @ApiResponse(problem(503, '相关服务暂时不可用'))
  async one(@CurrentActor() actor: Actor, @Headers('idempotency-key') requestId: string | undefined, @Body() body: unknown): Promise<SignedAnswerBody> {
    const result = await this.lookUp.one(actor, requestId ?? '', body);
    const signed = signedAnswer(result);
    if (signed) return signed;
    throw new Problem(result.outcome === 'consent.revoked' ? 'consent.revoked' : 'consent.missing', { queryId: result.queryId });
  }

  @Post('batch')
  @HttpCode(200)
  @Allow('lookup.ask')
  @ApiOperation({ summary: '批量查询', description: '一次最多 1000 个对象，逐个给出结果；有一处格式错误则整批不办理。' })
  @ApiHeader(idempotencyKey)
  @ApiBody({ type: BatchBody })
  @ApiOkResponse({ type: BatchResultBody, description: '按提交顺序的逐项结果' })
  @ApiResponse(problem(400, '内容有误'))
  @ApiResponse(problem(401, '凭证缺失、无效或过期'))
  @ApiResponse(problem(422, '请求编号已用于其他内容'))
  @ApiResponse(problem(429, '过于频繁'))
  async batch(@CurrentActor() actor: Actor, @Headers('idempotency-key') requestId: string | undefined, @Body() body: unknown): Promise<BatchResultBody> {
    const { results } = await this.lookUp.batch(actor, requestId ?? '', body);
    return { results: results.map(({ ref, result }) => ({ ref, outcome: result.outcome, queryId: result.queryId, answer: signedAnswer(result) })) };
  }
}

function signedAnswer(result: LookupResult): SignedAnswerBody | null {
  return result.outcome === 'answered' ? { ...result.answer, signature: result.signature } : null;
}
