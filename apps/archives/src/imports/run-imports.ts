import { collectionSheets, Problem } from '@credit/contracts';
import { Background, type Config, CONFIG, LOGGER, type Logger, RULES, type Rules, systemActor, type Tx, UnitOfWork, Vault } from '@credit/platform';
import { addDays } from '@credit/policy';
import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { archivesRules } from '../archives-rules';
import { RegistrationGate } from '../household-events/registration-gate';
import { ErasedGate } from '../rights/erased-gate';
import { type ImportJob, ImportStore } from './import.store';
import { LoadVillage, type Progress } from './load-village';
import { markedWorkbook } from './marked-workbook';
import { type VillageData, VillageReader } from './village-data';
import { type CellFault, readWorkbook } from './workbook';

const everySeconds = 1;
const keptEverySeconds = 3_600;
const mostErrorsKept = 2_000;
const mostTries = 3;

interface Checked {
  readonly data: VillageData;
  readonly rows: number;
  readonly faults: readonly CellFault[];
}

/** 办理导入 — works through waiting workbooks, each in one transaction: a killed import simply waits again, nothing is half-loaded. */
@Injectable()
export class RunImports implements OnApplicationBootstrap {
  private readonly sheets: ReturnType<typeof collectionSheets>;
  private running: Promise<void> | null = null;
  private current: string | null = null;

  constructor(
    private readonly work: UnitOfWork,
    private readonly background: Background,
    private readonly loadVillage: LoadVillage,
    private readonly erasedGate: ErasedGate,
    private readonly registrationGate: RegistrationGate,
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

  /** One workbook at a time in a process: ten uploads at once need the memory of one. */
  all(): Promise<void> {
    this.running ??= this.untilNone().finally(() => {
      this.running = null;
    });
    return this.running;
  }

  private async untilNone(): Promise<void> {
    while (await this.work.run(systemActor(), (tx) => this.next(tx)).catch((error: unknown) => this.stumble(error)));
  }

  /** Whatever went wrong is ours, not the village's: noted, tried again in the next round, and after some tries given up. */
  private async stumble(error: unknown): Promise<never> {
    const jobId = this.current;
    const fault: CellFault = { sheet: '', row: 0, column: '', message: '系统未能办理这份采集表，没有入库，请联系管理员' };
    if (jobId !== null) await this.work.run(systemActor(), (tx) => new ImportStore(tx).stumbled(jobId, mostTries, fault));
    throw error;
  }

  /** False when nothing waits. */
  private async next(tx: Tx): Promise<boolean> {
    this.current = null;
    const imports = new ImportStore(tx);
    const job = await imports.lockNext();
    if (!job) return false;
    this.current = job.jobId;
    try {
      await this.finish(tx, job, await this.check(tx, job));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const fault: CellFault = { sheet: '', row: 0, column: '', message: error.code === 'import.too-large' ? '工作簿过大，请分村上传' : '无法读取工作簿，请用原样的采集表（.xlsx）' };
      await imports.finish(job.jobId, 'failed', 0, [fault], {});
      this.log.info({ jobId: job.jobId, reason: error.code }, 'import refused');
    }
    await imports.forgetProgress(job.jobId);
    return true;
  }

  private async check(tx: Tx, { villageCode, workbook: bytes }: ImportJob & { readonly workbook: Buffer }): Promise<Checked> {
    const workbook = await readWorkbook(bytes, this.sheets);
    const rows = [...workbook.rows.values()].reduce((sum, sheet) => sum + sheet.length, 0);
    const reader = new VillageReader(this.sheets, workbook, { villageCode, sandbox: this.config.SANDBOX, adultAge: archivesRules(tx.today).adultAge, today: tx.today });
    const data = reader.read();
    return { data, rows, faults: [...reader.faults, ...(await this.loadVillage.elsewhere(tx, villageCode, data)), ...(await this.erasedGate.faults(tx, data)), ...(await this.registrationGate.faults(tx, data))] };
  }

  private async finish(tx: Tx, job: ImportJob & { readonly workbook: Buffer }, { data, rows, faults }: Checked): Promise<void> {
    const imports = new ImportStore(tx);
    const { jobId, villageCode, workbook } = job;
    const told = faults.slice(0, mostErrorsKept);
    const progress: Progress = (share) => this.work.run(systemActor(), (apart) => new ImportStore(apart).progress(jobId, Math.floor(rows * share), rows));
    if (faults.length > 0) {
      await imports.finish(jobId, 'failed', rows, told, {});
      await imports.keepMarked(jobId, await this.sealed(tx, jobId, 'marked', await markedWorkbook(workbook, told, rows)));
    } else if (job.dryRun) await imports.previewed(jobId, rows, await this.loadVillage.preview(tx, villageCode, data, progress), await this.sealed(tx, jobId, 'kept', workbook));
    else await imports.finish(jobId, 'done', rows, [], await this.loadVillage.inside(tx, villageCode, data, job.requestedBy, progress));
    await tx.audit.record(faults.length > 0 ? 'import.failed' : job.dryRun ? 'import.previewed' : 'import.done', jobId, { villageCode, rows, faults: faults.length });
  }

  /** A workbook that stays for a while is full of personal data: sealed under a key of the job. */
  private async sealed(tx: Tx, jobId: string, column: 'kept' | 'marked', bytes: Buffer): Promise<Buffer> {
    return (await this.vault.sealFor(tx, jobId)).seal(bytes.toString('base64'), ['import_job', jobId, column]);
  }
}
