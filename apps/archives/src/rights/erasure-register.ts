import { appendFile, mkdir, readFile, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { Background, CONFIG, type Config, systemActor, type Tx, UnitOfWork } from '@credit/platform';
import { plainDate } from '@credit/policy';
import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { z } from 'zod';
import { SubjectStore } from '../subjects/subject.store';
import { EraseSubject } from './erase-subject';
import { ErasedRowsStore } from './erased-rows.store';
import { ErasureStore } from './erasure.store';
import { rightsRules } from './rights-rules';

const line = z.object({
  erasureId: z.uuid(),
  householdId: z.uuid(),
  memberId: z.uuid().nullable(),
  villageCode: z.string(),
  requestedBy: z.string(),
  requestedOn: z.string().transform(plainDate),
  answerDueOn: z.string().transform(plainDate),
  ground: z.string(),
});
type Line = z.output<typeof line>;

const everySeconds = 3;

/**
 * 删除登记 — every erasure is also written down outside of the database, beside the heads of the audit chain: a database restored
 * from before it repeats it when the service starts. Ids and codes only. 个人信息保护法 47
 */
@Injectable()
export class ErasureRegister implements OnApplicationBootstrap {
  private readonly file: string;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly work: UnitOfWork,
    private readonly eraseSubject: EraseSubject,
    private readonly background: Background,
  ) {
    this.file = join(config.AUDIT_EXPORT_DIR, 'archives.erasures');
  }

  async onApplicationBootstrap(): Promise<void> {
    for (const erasure of await this.written()) await this.work.run(systemActor(), (tx) => this.repeat(tx, erasure));
    this.background.every('erasure-register', everySeconds, () => this.write());
  }

  /** Adds what is decided and not written yet; a line written twice does no harm. */
  async write(): Promise<void> {
    const known = (await this.written()).map(({ erasureId }) => erasureId);
    const missing = await this.work.read(systemActor(), (tx) => new ErasureStore(tx).erasedBeyond(known));
    if (missing.length === 0) return;
    await mkdir(this.config.AUDIT_EXPORT_DIR, { recursive: true });
    await this.dropFragment();
    await appendFile(this.file, missing.map((erasure) => `${JSON.stringify(line.parse(erasure))}\n`).join(''), { encoding: 'utf8', flush: true });
  }

  private async written(): Promise<Line[]> {
    const text = await readFile(this.file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '';
      throw error;
    });
    // The last line was cut short by a crash, or is empty.
    return text
      .split('\n')
      .slice(0, -1)
      .map((one) => line.parse(JSON.parse(one)));
  }

  /** What a crash left of a line is not continued: the whole line is written anew. */
  private async dropFragment(): Promise<void> {
    const bytes = await readFile(this.file).catch(() => Buffer.alloc(0));
    const whole = bytes.lastIndexOf(0x0a) + 1;
    if (whole < bytes.length) await truncate(this.file, whole);
  }

  /** A household or a person whom the database does not know is not to be erased from it. */
  private async repeat(tx: Tx, erasure: Line): Promise<void> {
    const erasures = new ErasureStore(tx);
    const members = await new ErasedRowsStore(tx).everMembers(erasure.householdId);
    const known = erasure.memberId === null ? (await new SubjectStore(tx).byIds([erasure.householdId])).size > 0 : members.some(({ memberId }) => memberId === erasure.memberId);
    if (!known) return;
    const request = await erasures.repeated(erasure);
    if (request.outcome === 'erased') return;
    await erasures.decide(erasure.erasureId, { outcome: 'erased', ground: erasure.ground });
    await this.eraseSubject.inside(tx, request, rightsRules(tx.today).excludedAs.erased);
    await tx.audit.record('erasure.repeated', erasure.erasureId, { ground: erasure.ground });
  }
}
