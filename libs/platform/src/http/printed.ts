import { applyDecorators, Header } from '@nestjs/common';

const types = {
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  html: 'text/html; charset=utf-8',
} as const;

/** 打印件 — the door answers with a paper of this kind, which no cache keeps: it may carry names or codes. */
export function Printed(kind: keyof typeof types): MethodDecorator {
  return applyDecorators(Header('content-type', types[kind]), Header('cache-control', 'no-store'));
}
