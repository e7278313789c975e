import { Problem } from '@credit/contracts';
import { systemActor, type Tx, UnitOfWork } from '@credit/platform';
import { Inject, Injectable } from '@nestjs/common';
import { ApplyReceipts } from './apply-receipts';
import { BatchStore, type ProvinceBatch } from './batch.store';
import { CutBatches } from './cut-batches';
import type { ManifestSignature } from './manifest-signer';
import { PROVINCE, type ProvinceAdapter } from './province-adapter';
import { provinceRules } from './province-rules';
import { RowReader } from './row-reader';

const minuteMs = 60_000;
const dueAtOnce = 200;

/**
 * 推送 — takes a batch to the province step by step: offer it, send what is missing there, fetch the receipts. Each step may
 * be repeated, and a break is taken up again where the province says it stands. Nothing else waits for any of this. 三(五)
 */
@Injectable()
export class PushBatch {
  constructor(
    private readonly work: UnitOfWork,
    private readonly reader: RowReader,
    private readonly receipts: ApplyReceipts,
    private readonly cut: CutBatches,
    @Inject(PROVINCE) private readonly province: ProvinceAdapter | null,
  ) {}

  /** 到期重试 — batches that wait too long for an answer, or whose time to be tried again has come. */
  async wakeDue(): Promise<void> {
    await this.work.run(systemActor(), async (tx) => {
      const due = await new BatchStore(tx).takeDue(this.answerBy(tx), dueAtOnce);
      await tx.outbox.appendAll('province.batch-due', due.map((batchId) => ({ batchId })));
    });
  }

  async offer(tx: Tx, batchId: string): Promise<void> {
    const batch = await new BatchStore(tx).lockOpen(batchId);
    if (!batch) return;
    await this.attempt(tx, batch, async (province) => {
      const { missing } = await province.offer(batch.manifest, JSON.parse(batch.signature) as ManifestSignature);
      if (missing.length > 0) {
        const wanted = missing.filter((chunk) => chunk <= batch.chunks);
        await tx.outbox.appendAll('province.chunk-due', wanted.map((chunk) => ({ batchId, chunk })));
        return this.answerBy(tx);
      }
      const receipt = await province.receipt(batchId);
      if (receipt.state === 'done') {
        await this.receipts.inside(tx, receipt.records);
        if (await new BatchStore(tx).endWhenAnswered(batchId)) {
          await tx.audit.record('province.batch-answered', batchId, { rows: batch.records });
          return null;
        }
      }
      throw new Problem('province.unavailable', { reason: 'receipt.open' });
    });
  }

  async sendChunk(tx: Tx, batchId: string, chunk: number): Promise<void> {
    const batches = new BatchStore(tx);
    const batch = await batches.open(batchId);
    const expected = batch?.manifest.chunks.find(({ number }) => number === chunk);
    if (!batch || !expected) return;
    const rows = await this.reader.rows(await batches.chunk(batchId, chunk), provinceRules(tx.today));
    if (rows.length !== expected.rows) {
      await batches.end(batchId, 'superseded');
      await this.cut.village(tx, batch.villageCode);
      return;
    }
    await this.attempt(tx, batch, async (province) => {
      const { missing } = await province.deliver(batchId, chunk, rows.map(({ line }) => line).join(''));
      if (missing.length === 0) await tx.outbox.append('province.batch-due', { batchId });
      return this.answerBy(tx);
    });
  }

  /** A refusal ends the batch as it is; whatever may pass, a receipt still open among it, is tried again, each time after twice as long. */
  private async attempt(tx: Tx, batch: ProvinceBatch, step: (province: ProvinceAdapter) => Promise<Date | null>): Promise<void> {
    if (!this.province) return;
    const batches = new BatchStore(tx);
    try {
      const next = await step(this.province);
      if (next) await batches.tryAgainAt(batch.batchId, next, 0);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (error.code === 'province.refused') {
        const code = String(error.facts['code']);
        await batches.end(batch.batchId, 'refused', code);
        await tx.audit.record('province.batch-refused', batch.batchId, { code });
      } else if (error.code === 'province.unavailable') {
        await batches.tryAgainAt(batch.batchId, this.later(tx, batch.failures), batch.failures + 1);
      } else {
        throw error;
      }
    }
  }

  private answerBy(tx: Tx): Date {
    return new Date(tx.now.getTime() + provinceRules(tx.today).answerMinutes * minuteMs);
  }

  private later(tx: Tx, failures: number): Date {
    const { first, most } = provinceRules(tx.today).retryMinutes;
    return new Date(tx.now.getTime() + Math.min(first * 2 ** failures, most) * minuteMs);
  }
}
