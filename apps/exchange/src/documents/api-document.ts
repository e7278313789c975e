import { type INestApplication, Injectable } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';

const description = [
  '供银行、保险、担保等机构查询信用评价结果。须凭客户端凭证（OAuth 2 client credentials，private_key_jwt）取得的令牌访问，并有主体的有效授权。',
  '答复只含等级、有效期、是否有未办结异议和评分卡版本，不含评分与评议明细；每次查询都留有记录，主体可见。',
].join('\n\n');

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** The decorators write `nullable` of OpenAPI 3.0; in 3.1 null is one of the types. */
function withNullAsType(value: Json): Json {
  if (Array.isArray(value)) return value.map(withNullAsType);
  if (value === null || typeof value !== 'object') return value;
  const { nullable, type, allOf, ...rest } = Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withNullAsType(inner)]));
  if (nullable !== true) return { ...rest, ...(type === undefined ? {} : { type }), ...(allOf === undefined ? {} : { allOf }) };
  if (Array.isArray(allOf)) return { ...rest, anyOf: [...(allOf as Json[]), { type: 'null' }] };
  return { ...rest, type: [type ?? 'object', 'null'] };
}

/** 接口文档 — made from the controllers themselves when the service starts. */
@Injectable()
export class ApiDocument {
  private document: OpenAPIObject | undefined;

  describe(app: INestApplication, include: NonNullable<Parameters<typeof SwaggerModule.createDocument>[2]>['include']): void {
    const outline = new DocumentBuilder()
      .setOpenAPIVersion('3.1.0')
      .setTitle('信用评价结果查询接口')
      .setDescription(description)
      .setVersion('1')
      .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' }, 'client')
      .build();
    const made = SwaggerModule.createDocument(app, outline, include ? { include } : {});
    this.document = withNullAsType(made as unknown as Json) as unknown as OpenAPIObject;
  }

  get(): OpenAPIObject {
    if (!this.document) throw new Error('the API document is made before the service listens');
    return this.document;
  }
}
