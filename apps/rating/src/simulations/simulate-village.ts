import { archivesReads, civilityReads, Problem } from '@credit/contracts';
import { InternalClient, type Tx } from '@credit/platform';
import { addSums, noSums, type SimulationSums, sumsOf } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { cardKindOf, compiledCard, rateFile, type RatingFile } from '../runs/rate-subject';
import { mediansOf, verified } from '../runs/rate-village';
import { RunStore } from '../runs/run.store';
import { cardDigest, ScorecardStore, type StoredScorecard } from '../scorecards/scorecard.store';
import { facetsOf } from './facets';
import { SimulationStore } from './simulation.store';

/** 逐村试算 — both cards on the same verified files and final scores; only sums are kept. Asked again it does nothing. */
@Injectable()
export class SimulateVillage {
  constructor(private readonly peers: InternalClient) {}

  async inside(tx: Tx, simulationId: string, villageCode: string): Promise<void> {
    const simulations = new SimulationStore(tx);
    if (!(await simulations.lockDueVillage(simulationId, villageCode))) return;
    const simulation = await simulations.byId(simulationId);
    const scorecards = new ScorecardStore(tx);
    const draft = await scorecards.byId(simulation.scorecardId);
    if (!draft) throw new Problem('not-found', { scorecardId: simulation.scorecardId });
    // A draft changed meanwhile is another wording: this trial ends empty and counts for none.
    const same = cardDigest(draft.card) === simulation.cardDigest;
    const beside = simulation.besideId === null ? undefined : await scorecards.byId(simulation.besideId);
    await simulations.villageComputed(simulationId, villageCode, same ? await this.sumsOf(tx, villageCode, draft, beside) : noSums);
  }

  private async sumsOf(tx: Tx, villageCode: string, draft: StoredScorecard, beside: StoredScorecard | undefined): Promise<SimulationSums> {
    const files = (await this.peers.all(archivesReads.ratingFiles, { villageCode })).filter((file) => file.eligible && file.fileState === verified && cardKindOf[file.subjectKind] === draft.kind);
    const scores = new Map((await this.peers.all(civilityReads.finalScores, { villageCode })).map((score) => [score.householdId, score]));
    const fixed = await new RunStore(tx).medians(villageCode, Number(tx.today.slice(0, 4)));
    const medians = Object.fromEntries([...mediansOf(files, beside ? [draft, beside] : [draft]), ...fixed]);
    const key = `${draft.scorecardId}/${cardDigest(draft.card)}`;
    const rate = (card: StoredScorecard, id: string, file: RatingFile) => rateFile(compiledCard(id, card.card), file, scores.get(file.subjectId), medians).outcome;
    return files
      .map((file) => sumsOf({ before: beside ? rate(beside, beside.scorecardId, file) : null, after: rate(draft, key, file), facets: facetsOf(file, villageCode, tx.today) }))
      .reduce(addSums, noSums);
  }
}
