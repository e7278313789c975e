import { collectionSheets, Problem } from '@credit/contracts';
import { Background, type Config, CONFIG, LOGGER, type Logger, RULES, type Rules, systemActor, type Tx, UnitOfWork, Vault } from '@credit/platform';
import { addDays } from '@credit/policy';
import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { archivesRules } from '../archives-rules';
import { ErasedGate } from '../rights/erased-gate';
import { ImportStore } from './import.store';
import { LoadVillage } from './load-village';
import { markedWorkbook } from './marked-workbook';
import { VillageReader } from './village-data';
import { type CellFault, readWorkbook } from './workbook';

const everySeconds = 1;
const keptEverySeconds = 3_600;
const mostErrorsKept = 2_000;

/** 办理导入 — works through waiting workbooks, each in one transaction: a killed import simply waits again, nothing is half-loaded. */
@Injectable()
export class RunImports implements OnApplicationBootstrap {
  private readonly sheets: ReturnType<typeof collectionSheets>;

  constructor(
    private readonly work: UnitOfWork,
    private readonly background: Background,
    private readonly loadVillage: LoadVillage,
    private readonly erasedGate: ErasedGate,
    private readonly vault: Vault,
    @Inject(RULES) rules: Rules,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly log: Logger,
  ) {
    this.sheets = collectionSheets(rules.items);
  }

  onApplicationBootstrap(): void {
    this.background.every('imports', everySeconds, () => this.all());
    this.background.every('kept-workbooks', keptEverySeconds, () => this.work.run(systemActor(), (tx) => new ImportStore(tx).forgetKept(addDays(tx.today, -archivesRules(tx.today).keptWorkbookDays))));
  }

  async all(): Promise<void> {
    while (await this.work.run(systemActor(), (tx) => this.next(tx)));
  }

  /** False when nothing waits. */
  private async next(tx: Tx): Promise<boolean> {
    const imports = new ImportStore(tx);
    const job = await imports.lockNext();
    if (!job) return false;
    try {
      const workbook = await readWorkbook(job.workbook, this.sheets);
      const rows = [...workbook.rows.values()].reduce((sum, sheet) => sum + sheet.length, 0);
      const reader = new VillageReader(this.sheets, workbook, { villageCode: job.villageCode, sandbox: this.config.SANDBOX, adultAge: archivesRules(tx.today).adultAge, today: tx.today });
      const data = reader.read();
      const faults = [...reader.faults, ...(await this.loadVillage.elsewhere(tx, data)), ...(await this.erasedGate.faults(tx, data))];
      const told = faults.slice(0, mostErrorsKept);
      if (faults.length > 0) {
        await imports.finish(job.jobId, 'failed', rows, told, {});
        await imports.keepMarked(job.jobId, await this.sealed(tx, job.jobId, 'marked', await markedWorkbook(job.workbook, told)));
      } else if (job.dryRun) await imports.previewed(job.jobId, rows, await this.loadVillage.preview(tx, job.villageCode, data), await this.sealed(tx, job.jobId, 'kept', job.workbook));
      else await imports.finish(job.jobId, 'done', rows, [], await this.loadVillage.inside(tx, job.villageCode, data, job.requestedBy));
      await tx.audit.record(faults.length > 0 ? 'import.failed' : job.dryRun ? 'import.previewed' : 'import.done', job.jobId, { villageCode: job.villageCode, rows, faults: faults.length });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const fault: CellFault = { sheet: '', row: 0, column: '', message: error.code === 'import.too-large' ? '工作簿过大，请分村上传' : '无法读取工作簿，请用原样的采集表（.xlsx）' };
      await imports.finish(job.jobId, 'failed', 0, [fault], {});
      this.log.info({ jobId: job.jobId, reason: error.code }, 'import refused');
    }
    return true;
  }

  /** A workbook that stays for a while is full of personal data: sealed under a key of the job. */
  private async sealed(tx: Tx, jobId: string, column: 'kept' | 'marked', bytes: Buffer): Promise<Buffer> {
    return (await this.vault.sealFor(tx, jobId)).seal(bytes.toString('base64'), ['import_job', jobId, column]);
  }
}
