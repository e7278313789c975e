import { Readable } from 'node:stream';
import { Public } from '@credit/platform';
import { Controller, Headers, HttpCode, Post, Req } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { ReceiveReceipts, type ReceiptsTaken } from './receive-receipts';

const receiptsPath = '/v1/notifications/receipts';
const maxBytes = 256 * 1024;

/** The bodies exactly as they came: what a signature was made of. */
const rawBodies = new WeakMap<object, string>();

/** Keeps the bodies of receipts as they came; what is longer than receipts can be is refused. */
export function keepRawReceipts(app: NestFastifyApplication): void {
  app.getHttpAdapter().getInstance().addHook('preParsing', async (request, _reply, payload) => {
    if (request.routeOptions.url !== receiptsPath) return payload;
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of payload as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw Object.assign(new Error('body too large'), { statusCode: 413 });
      chunks.push(chunk);
    }
    const body = Buffer.concat(chunks);
    rawBodies.set(request, body.toString('utf8'));
    return Object.assign(Readable.from([body]), { receivedEncodedLength: bytes });
  });
}

/** 回执之门 — for the operator of the webhook. */
@Controller()
export class ReceiptsController {
  constructor(private readonly receive: ReceiveReceipts) {}

  @Post(receiptsPath)
  @HttpCode(200)
  @Public('the operator has no account here; every body is signed with the shared secret')
  take(@Req() request: FastifyRequest, @Headers('x-credit-signature') signature?: string): Promise<ReceiptsTaken> {
    return this.receive.execute(rawBodies.get(request) ?? '', signature);
  }
}
