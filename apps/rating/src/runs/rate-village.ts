import { archivesReads, civilityReads } from '@credit/contracts';
import { InternalClient, newId, type PersonalSeal, type Tx, Vault } from '@credit/platform';
import { canonicalText, medianItems, medianOf } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { RepairedFiles } from '../repair/repaired-files';
import { ScorecardStore, type StoredScorecard } from '../scorecards/scorecard.store';
import { cardKindOf, compiledCard, type FinalScore, rateFile, type RatingFile } from './rate-subject';
import { type Result, ResultStore } from './result.store';
import { type Run, RunStore } from './run.store';

export const verified = 'verified';

/** Everything one village of a run is rated from. */
export interface VillageFacts {
  readonly files: readonly RatingFile[];
  readonly scores: ReadonlyMap<string, FinalScore>;
  readonly cards: ReadonlyMap<string, StoredScorecard>;
  readonly medians: Readonly<Record<string, string>>;
}

/** 村中位数 of every item a card compares with, over the verified files of its kind. */
export function mediansOf(files: readonly RatingFile[], cards: readonly Pick<StoredScorecard, 'kind' | 'card'>[]): Map<string, string> {
  const medians = new Map<string, string>();
  for (const { kind, card } of cards) {
    for (const item of medianItems(card)) {
      const values = files.filter((file) => cardKindOf[file.subjectKind] === kind && file.fileState === verified).flatMap((file) => file.items[item] ?? []);
      const median = medianOf(values);
      if (median !== undefined) medians.set(item, median);
    }
  }
  return medians;
}

/**
 * 逐村测评 — pulls the verified files and the final civility scores of one village and keeps an explained result for every
 * subject: rated, or with the reasons why not. One transaction; asked again it does nothing. 三(六)2
 */
@Injectable()
export class RateVillage {
  constructor(
    private readonly peers: InternalClient,
    private readonly vault: Vault,
    private readonly repairedFiles: RepairedFiles,
  ) {}

  async inside(tx: Tx, runId: string, villageCode: string): Promise<void> {
    const runs = new RunStore(tx);
    if (!(await runs.lockDueVillage(runId, villageCode))) return;
    const run = await runs.byId(runId);
    if (run.state !== 'computing') return;
    const facts = await this.factsOf(tx, run, villageCode);
    const seals = await this.vault.sealsFor(tx, facts.files.map((file) => file.subjectId));
    const computed = facts.files.flatMap((file) => {
      const seal = seals.get(file.subjectId);
      return seal ? [this.resultOf(run, 'run', villageCode, file, facts, seal)] : [];
    });
    const results = run.changedOnly ? await changedOf(tx, computed, seals) : computed;
    await new ResultStore(tx).insertAll(results);
    await runs.villageComputed(runId, villageCode, results.length, computed.length - results.length);
    await tx.audit.record('run.village-computed', runId, { villageCode, subjects: results.length, unchanged: computed.length - results.length });
  }

  /** Files and scores as their owners have them now, without what was repaired; medians as fixed for the year. */
  async factsOf(tx: Tx, run: Run, villageCode: string): Promise<VillageFacts> {
    const eligible = (await this.peers.all(archivesReads.ratingFiles, { villageCode })).filter((file) => file.eligible);
    const files = await this.repairedFiles.of(tx, eligible);
    const scores = await this.peers.all(civilityReads.finalScores, { villageCode });
    const cards = new Map<string, StoredScorecard>();
    for (const [kind, scorecardId] of Object.entries(run.scorecards)) {
      const card = await new ScorecardStore(tx).byId(scorecardId);
      if (card) cards.set(kind, card);
    }
    return { files, scores: new Map(scores.map((score) => [score.householdId, score])), cards, medians: await this.mediansOf(tx, run, villageCode, files, cards) };
  }

  private async mediansOf(tx: Tx, run: Run, villageCode: string, files: readonly RatingFile[], cards: VillageFacts['cards']): Promise<Record<string, string>> {
    return Object.fromEntries(await new RunStore(tx).fixMedians(villageCode, Number(run.ratingOn.slice(0, 4)), mediansOf(files, [...cards.values()])));
  }

  /** The row to keep for one subject. `cause` tells the run's own result from one computed again after an objection. */
  resultOf(run: Run, cause: string, villageCode: string, file: RatingFile, facts: VillageFacts, seal: PersonalSeal): Result {
    const stored = facts.cards.get(cardKindOf[file.subjectKind]);
    const score = facts.scores.get(file.subjectId);
    const resultId = newId();
    const row = {
      resultId,
      runId: run.runId,
      cause,
      subjectId: file.subjectId,
      subjectKind: file.subjectKind,
      villageCode,
      groupCode: file.groupCode,
      fileVersion: file.fileVersion,
      civilityVersion: score?.version ?? null,
    };
    const nothing = { status: 'insufficient', totalHundredths: null, grade: null, creditSubject: false };
    const sealed = (inputs: unknown, outcome: unknown): Pick<Result, 'inputs' | 'outcome'> => ({
      inputs: seal.seal(canonicalText(inputs), ['result', resultId, 'inputs']),
      outcome: seal.seal(canonicalText(outcome), ['result', resultId, 'outcome']),
    });
    if (!stored) return { ...row, ...nothing, scorecardId: null, reasons: ['scorecard'], ...sealed(null, null) };
    if (file.fileState !== verified) return { ...row, ...nothing, scorecardId: stored.scorecardId, reasons: ['file-not-verified'], ...sealed(null, null) };
    const { inputs, outcome } = rateFile(compiledCard(stored.scorecardId, stored.card), file, score, facts.medians);
    const whyNoScore = file.subjectKind === 'household' && !score?.final ? [score?.notFinalReason ?? 'not-reviewed'] : [];
    return {
      ...row,
      scorecardId: stored.scorecardId,
      status: outcome.status,
      reasons: [...outcome.reasons, ...whyNoScore],
      totalHundredths: outcome.totalHundredths,
      grade: outcome.grade,
      creditSubject: outcome.creditSubject,
      ...sealed(inputs, outcome),
    };
  }
}

/** Those whose facts, score, consents or card differ from their last result: compared by what was kept, to the letter. */
async function changedOf(tx: Tx, computed: readonly Result[], seals: ReadonlyMap<string, PersonalSeal>): Promise<Result[]> {
  const before = new Map((await new ResultStore(tx).newestOf(computed.map(({ subjectId }) => subjectId))).map((result) => [result.subjectId, result]));
  const inputsOf = (result: Result): string | undefined => seals.get(result.subjectId)?.open(result.inputs, ['result', result.resultId, 'inputs']);
  return computed.filter((result) => {
    const last = before.get(result.subjectId);
    return !last || last.scorecardId !== result.scorecardId || last.reasons.join() !== result.reasons.join() || inputsOf(last) !== inputsOf(result);
  });
}
