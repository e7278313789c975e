import { archivesReads, type AskedOf, type RowOf, type SubjectKind } from '@credit/contracts';
import { Answers, type Rules, RULES, systemActor, type Tx, UnitOfWork, Vault } from '@credit/platform';
import { divisionPrefix, plainDate } from '@credit/policy';
import { Inject, Injectable } from '@nestjs/common';
import { ConsentStore } from '../consents/consent.store';
import { itemPlace, ItemStore } from '../subjects/item.store';
import { UploadStore } from './upload.store';

const pageSize = 500;

type Reads = typeof archivesReads;
type Consent = RowOf<Reads['uploadStates']>['consent'];

/** 上报省平台的档案 — only what the town verified leaves the archives, and no value without the consent it needs. 三(五)；征信业管理条例 14 */
@Injectable()
export class UploadReads {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
    @Inject(RULES) private readonly rules: Rules,
  ) {}

  @Answers(archivesReads.uploadStates)
  async *uploadStates(ask: AskedOf<Reads['uploadStates']>): AsyncGenerator<RowOf<Reads['uploadStates']>> {
    let after: string | null = null;
    for (;;) {
      const page: RowOf<Reads['uploadStates']>[] = await this.statesPage(ask.under, after);
      yield* page;
      if (page.length < pageSize) return;
      after = page.at(-1)?.fileId ?? null;
    }
  }

  @Answers(archivesReads.uploadFiles)
  uploadFiles(ask: AskedOf<Reads['uploadFiles']>): Promise<RowOf<Reads['uploadFiles']>[]> {
    return this.work.read(systemActor(), async (tx) => {
      const files = await new UploadStore(tx).verified(ask.fileIds);
      const subjectIds = files.map((file) => file.subjectId);
      const consents = await this.consents(tx, files);
      const kinds = new Map(files.map((file) => [file.subjectId, file.subjectKind]));
      const seals = await this.vault.existing(tx, subjectIds);
      const items = new Map(subjectIds.map((subjectId): [string, Record<string, string>] => [subjectId, {}]));
      for (const { subjectId, item, value } of await new ItemStore(tx).currentOf(subjectIds)) {
        const needed = this.rules.items[kinds.get(subjectId) ?? 'household'][item]?.consent ?? 'none';
        const own = items.get(subjectId);
        const seal = seals.get(subjectId);
        if (own && seal && (needed === 'none' || consents.get(subjectId)?.[needed])) own[item] = seal.open(value, itemPlace(subjectId, item));
      }
      return files.map(({ subjectId, verifiedOn, ...file }) => ({
        ...file,
        verifiedOn: plainDate(verifiedOn),
        items: items.get(subjectId) ?? {},
        consent: consents.get(subjectId) ?? { economics: false, credit: false },
      }));
    });
  }

  private statesPage(under: string, after: string | null): Promise<RowOf<Reads['uploadStates']>[]> {
    return this.work.read(systemActor(), async (tx) => {
      const states = await new UploadStore(tx).states(divisionPrefix(under), after, pageSize);
      const consents = await this.consents(tx, states);
      return states.map(({ subjectKind: _kind, ...state }) => ({ ...state, consent: consents.get(state.subjectId) ?? { economics: false, credit: false } }));
    });
  }

  /** Of a household all adults together. */
  private async consents(tx: Tx, subjects: readonly { subjectId: string; subjectKind: SubjectKind }[]): Promise<Map<string, Consent>> {
    const complete = await new ConsentStore(tx).complete(subjects.flatMap(({ subjectId, subjectKind }) => (subjectKind === 'household' ? [subjectId] : [])));
    return new Map(subjects.map(({ subjectId }) => [subjectId, { economics: complete.get(subjectId)?.has('economics') ?? false, credit: complete.get(subjectId)?.has('credit') ?? false }]));
  }
}
