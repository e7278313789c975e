import type { OpenAPIObject } from '@nestjs/swagger';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
type Schema = Readonly<Record<string, unknown>>;

function escaped(text: unknown): string {
  return (typeof text === 'string' ? text : '').replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

function nameOf(schema: Schema | undefined): string {
  if (!schema) return '';
  if (typeof schema['$ref'] === 'string') {
    const name = schema['$ref'].split('/').at(-1) ?? '';
    return `<a href="#${escaped(name)}">${escaped(name)}</a>`;
  }
  const choices = schema['anyOf'] ?? schema['allOf'];
  if (Array.isArray(choices)) return choices.map((one: Schema) => nameOf(one)).join(' 或 ');
  if (schema['type'] === 'array') return `${nameOf(schema['items'] as Schema)} 的列表`;
  const values = Array.isArray(schema['enum']) ? `：${schema['enum'].map(escaped).join('、')}` : '';
  const types = [schema['type']].flat().map((type) => (type === 'null' ? '空' : escaped(type))).join(' 或 ');
  return `${types}${schema['format'] ? `（${escaped(schema['format'])}）` : ''}${values}`;
}

function contentOf(body: unknown): string {
  const content = (body as { content?: Record<string, { schema?: Schema }> } | undefined)?.content;
  return nameOf(Object.values(content ?? {})[0]?.schema);
}

function operationHtml(path: string, method: string, operation: Operation): string {
  const parameters = ((operation.parameters ?? []) as { name?: string; in?: string; required?: boolean; description?: string; schema?: Schema }[])
    .map((one) => `<tr><td><code>${escaped(one.name)}</code></td><td>${escaped(one.in)}${one.required ? '，必填' : ''}</td><td>${nameOf(one.schema)} ${escaped(one.description)}</td></tr>`)
    .join('');
  const responses = Object.entries(operation.responses)
    .map(([status, response]) => `<tr><td>${escaped(status)}</td><td>${escaped((response as { description?: string }).description)}</td><td>${contentOf(response)}</td></tr>`)
    .join('');
  return `<section><h3><code>${escaped(method.toUpperCase())} ${escaped(path)}</code> ${escaped(operation.summary)}</h3><p>${escaped(operation.description)}</p>
${parameters ? `<table><caption>参数</caption>${parameters}</table>` : ''}${operation.requestBody ? `<p>请求体：${contentOf(operation.requestBody)}</p>` : ''}
<table><caption>答复</caption>${responses}</table></section>`;
}

function schemaHtml(name: string, schema: Schema): string {
  const required = new Set((schema['required'] as string[] | undefined) ?? []);
  const rows = Object.entries((schema['properties'] as Record<string, Schema> | undefined) ?? {})
    .map(([field, one]) => `<tr><td><code>${escaped(field)}</code>${required.has(field) ? '' : '（可缺）'}</td><td>${nameOf(one)}</td><td>${escaped(one['description'])}</td></tr>`)
    .join('');
  return `<section id="${escaped(name)}"><h3>${escaped(name)}</h3><table>${rows}</table></section>`;
}

/** 给人看的接口文档 — one page made from the document itself; nothing is fetched from elsewhere and nothing runs in the browser. */
export function documentPage(document: OpenAPIObject): string {
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    (['get', 'post', 'put', 'delete'] as const).flatMap((method) => (item[method] ? [operationHtml(path, method, item[method])] : [])),
  );
  const schemas = Object.entries(document.components?.schemas ?? {}).map(([name, schema]) => schemaHtml(name, schema as Schema));
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(document.info.title)}</title>
<style>body{font:16px/1.7 "Noto Sans CJK SC","Source Han Sans SC","Microsoft YaHei",sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b}table{border-collapse:collapse;width:100%;margin:.5rem 0}caption{text-align:left;font-weight:600}td{border:1px solid #ccc;padding:.3rem .6rem;vertical-align:top}code{font-size:.95em}section{margin:2rem 0}</style></head>
<body><h1>${escaped(document.info.title)}</h1>${(document.info.description ?? '').split('\n\n').map((paragraph) => `<p>${escaped(paragraph)}</p>`).join('')}
<p>机器可读的文档：<a href="openapi.json">openapi.json</a>；签名公钥：<a href="jwks.json">jwks.json</a></p><h2>接口</h2>${operations.join('')}<h2>数据</h2>${schemas.join('')}</body></html>`;
}
