import { Public } from '@credit/platform';
import { Controller, Headers, HttpCode, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { rawBodyOf } from './raw-body';
import { ReceiveReceipts, type ReceiptsTaken } from './receive-receipts';

export const receiptsPath = '/v1/notifications/receipts';

/** 回执之门 — for the operator of the webhook. */
@Controller()
export class ReceiptsController {
  constructor(private readonly receive: ReceiveReceipts) {}

  @Post(receiptsPath)
  @HttpCode(200)
  @Public('the operator has no account here; every body is signed with the shared secret')
  take(@Req() request: FastifyRequest, @Headers('x-credit-signature') signature?: string): Promise<ReceiptsTaken> {
    return this.receive.execute(rawBodyOf(request), signature);
  }
}
