import { Problem } from '@credit/contracts';
import { type Actor, newId, type Receipt, type Tx, UnitOfWork, Vault } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { archivesRules } from '../archives-rules';
import { FileStore } from '../files/file.store';
import { drawSample, sampleSize, seedHash } from './draw';
import { SampleStore } from './sample.store';

export interface CommitSampleInput {
  readonly requestId: string;
  readonly villageCode: string;
  /** SHA-256 of the seed, hex. */
  readonly seedHash: string;
}
export interface DrawSampleInput {
  readonly requestId: string;
  readonly sampleId: string;
  readonly seed: string;
}
export interface RecordFindingInput {
  readonly requestId: string;
  readonly sampleId: string;
  readonly fileId: string;
  /** 有误的项目; a file with none is sound. */
  readonly wrongItems: readonly { readonly item: string; readonly note: string }[];
}

/** 县级抽查 — the seed's hash is on record before the seed is known; the sample follows from the seed; too many faults send the batch back. 三(五) */
@Injectable()
export class InspectVillage {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
  ) {}

  commit(actor: Actor, input: CommitSampleInput): Promise<Receipt & { sampleId: string }> {
    return this.work.once({ actor, operation: 'sample.commit', requestId: input.requestId, body: input }, async (tx) => {
      actor.require('archives.sample', input.villageCode);
      if (!/^[0-9a-f]{64}$/.test(input.seedHash)) throw new Problem('input.invalid', {}, [{ path: 'seedHash', message: '请填写随机数的 SHA-256 摘要（64 位十六进制小写）' }]);
      const sampleId = newId();
      await new SampleStore(tx).insert({ sampleId, villageCode: input.villageCode, seedHash: input.seedHash });
      await tx.audit.record('sample.committed', sampleId, { villageCode: input.villageCode, seedHash: input.seedHash });
      return { sampleId };
    });
  }

  draw(actor: Actor, input: DrawSampleInput): Promise<Receipt & { sampleId: string; files: number; batch: number }> {
    return this.work.once({ actor, operation: 'sample.draw', requestId: input.requestId, body: input }, async (tx) => {
      const samples = new SampleStore(tx);
      const sample = await samples.lock(input.sampleId);
      actor.require('archives.sample', sample.villageCode);
      if (sample.seed !== null) throw new Problem('sample.drawn', { sampleId: sample.sampleId });
      if (seedHash(input.seed) !== sample.seedHash) throw new Problem('sample.seed-mismatch');
      const batch = await new FileStore(tx).verifiedOf(sample.villageCode);
      const rules = archivesRules(tx.today);
      const fileIds = batch.map((file) => file.fileId);
      const drawn = drawSample(input.seed, fileIds, sampleSize(batch.length, rules.sampleShare, rules.sampleLeast));
      await samples.draw(sample.sampleId, input.seed, fileIds, drawn, { share: rules.sampleShare, least: rules.sampleLeast });
      await tx.audit.record('sample.drawn', sample.sampleId, { batch: batch.length, files: drawn.length });
      return { sampleId: sample.sampleId, files: drawn.length, batch: batch.length };
    });
  }

  /** The last finding concludes: within the limit it passed, beyond it the village's batch goes back. */
  record(actor: Actor, input: RecordFindingInput): Promise<Receipt & { sampleId: string; result: string | null }> {
    const body = { ...input, wrongItems: input.wrongItems.map(({ item, note }) => ({ item, note: this.vault.hash(note, 'request') })) };
    return this.work.once({ actor, operation: 'sample.finding', requestId: input.requestId, body }, async (tx) => {
      const samples = new SampleStore(tx);
      const sample = await samples.lock(input.sampleId);
      actor.require('archives.sample', sample.villageCode);
      if (sample.result !== null) throw new Problem('sample.concluded', { sampleId: sample.sampleId });
      const sound = input.wrongItems.length === 0;
      if (!(await samples.find(sample.sampleId, input.fileId, sound))) throw new Problem('not-found', { fileId: input.fileId });
      await this.noteWrong(tx, input);
      await tx.audit.record('sample.finding', sample.sampleId, { fileId: input.fileId, sound, wrong: input.wrongItems.map(({ item }) => item) });
      const files = await samples.files(sample.sampleId);
      if (files.some((file) => file.sound === null)) return { sampleId: sample.sampleId, result: null };
      const unsound = files.filter((file) => !file.sound).length;
      const result = unsound <= files.length * archivesRules(tx.today).sampleErrorLimit ? 'passed' : 'sent-back';
      await samples.conclude(sample.sampleId, result);
      if (result === 'sent-back') {
        const batch = await new FileStore(tx).verifiedOf(sample.villageCode);
        await new FileStore(tx).returned(batch.map((file) => file.fileId), '县级抽查不合格，整批退回');
        await tx.outbox.appendAll(
          'file.changed',
          batch.map((file) => ({ fileId: file.fileId, subjectKind: file.subjectKind, subjectId: file.subjectId, divisionCode: file.villageCode, version: file.version })),
        );
      }
      return { sampleId: sample.sampleId, result };
    });
  }

  /** What was wrong is told item by item and kept under the subject's key. */
  private async noteWrong(tx: Tx, { sampleId, fileId, wrongItems }: RecordFindingInput): Promise<void> {
    const short = wrongItems.filter(({ note }) => note.trim().length < 2);
    if (short.length > 0) throw new Problem('input.invalid', {}, short.map(({ item }) => ({ path: 'wrongItems', message: `${item} 须写明错在哪里` })));
    const [file] = await new FileStore(tx).lockAll([fileId]);
    if (!file) throw new Problem('not-found', { fileId });
    const seal = await this.vault.sealFor(tx, file.subjectId);
    await new SampleStore(tx).wrongItems(sampleId, fileId, wrongItems.map(({ item, note }) => ({ item, note: seal.seal(note.trim(), ['sample_wrong_item', `${sampleId}/${fileId}/${item}`, 'note']) })));
  }
}
