import { type Config, CONFIG, systemActor, type Tx, UnitOfWork } from '@credit/platform';
import { Inject, Injectable } from '@nestjs/common';
import { BatchStore } from './batch.store';
import { ManifestSigner } from './manifest-signer';
import { manifestOf } from './province-manifest';
import { type ProvinceRules, provinceRules } from './province-rules';
import { type ProvinceRecord, RecordStore } from './record.store';
import { RowReader } from './row-reader';

const minuteMs = 60_000;

interface Chunk {
  readonly records: readonly ProvinceRecord[];
  readonly lines: readonly string[];
}

/** 组批 — one signed batch per village of the changes that wait; a batch whose rows have changed since is replaced. 三(五) */
@Injectable()
export class CutBatches {
  constructor(
    private readonly work: UnitOfWork,
    private readonly reader: RowReader,
    private readonly signer: ManifestSigner,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async execute(): Promise<void> {
    const villages = await this.work.read(systemActor(), (tx) => new RecordStore(tx).villagesWaiting());
    for (const village of villages) await this.work.run(systemActor(), (tx) => this.village(tx, village));
  }

  /** The id of the new batch; null when nothing waits. */
  async village(tx: Tx, village: string): Promise<string | null> {
    const batches = new BatchStore(tx);
    await batches.lockVillage(village);
    await batches.supersedeStale(village);
    const rules = provinceRules(tx.today);
    const chunks = await this.chunks(await new RecordStore(tx).waitingOf(village), rules);
    if (chunks.length === 0) return null;
    const manifest = manifestOf({ schema: rules.schema, county: this.config.PROVINCE_COUNTY ?? '', village, period: tx.today }, chunks.map((chunk) => chunk.lines));
    await batches.insert(manifest, await this.signer.sign(manifest), chunks.map((chunk) => chunk.records), new Date(tx.now.getTime() + rules.answerMinutes * minuteMs));
    await tx.outbox.append('province.batch-due', { batchId: manifest.batchId });
    await tx.audit.record('province.batch-cut', manifest.batchId, { village, rows: manifest.rows, chunks: manifest.chunks.length });
    return manifest.batchId;
  }

  /** A row that cannot be made now is left for another day. */
  private async chunks(records: readonly ProvinceRecord[], rules: ProvinceRules): Promise<Chunk[]> {
    const size = rules.chunkRows;
    const chunks: Chunk[] = [];
    for (let start = 0; start < records.length; start += size) {
      const rows = await this.reader.rows(records.slice(start, start + size), rules);
      if (rows.length > 0) chunks.push({ records: rows.map(({ record }) => record), lines: rows.map(({ line }) => line) });
    }
    return chunks;
  }
}
