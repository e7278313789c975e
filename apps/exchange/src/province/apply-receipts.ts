import type { Tx } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import type { RecordReceipt } from './province-adapter';
import { ReceiptStore } from './receipt.store';

/** 登记回执 — what the province says of each record, pushed or pulled; a rejected one waits for its village to correct it. 三(五) */
@Injectable()
export class ApplyReceipts {
  /** How many receipts were of records known here. */
  async inside(tx: Tx, receipts: readonly RecordReceipt[]): Promise<{ known: number; rejected: number }> {
    const known = await new ReceiptStore(tx).take(receipts);
    return { known, rejected: receipts.filter((receipt) => receipt.outcome === 'rejected').length };
  }
}
