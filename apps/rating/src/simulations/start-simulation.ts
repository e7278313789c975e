import { archivesReads, Problem } from '@credit/contracts';
import { type Actor, InternalClient, newId, type Receipt, UnitOfWork } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { cardDigest, ScorecardStore } from '../scorecards/scorecard.store';
import { SimulationStore } from './simulation.store';

export interface StartSimulationInput {
  readonly requestId: string;
  readonly divisionCode: string;
  readonly scorecardId: string;
}

/** 试算评分卡 — runs a draft over the present facts beside the card in force, village by village; no rating comes of it. 三(六) */
@Injectable()
export class StartSimulation {
  constructor(
    private readonly work: UnitOfWork,
    private readonly peers: InternalClient,
  ) {}

  execute(actor: Actor, input: StartSimulationInput): Promise<Receipt & { simulationId: string; villages: number }> {
    return this.work.once({ actor, operation: 'scorecard.simulate', requestId: input.requestId, body: input }, async (tx) => {
      actor.require('scorecard.simulate', input.divisionCode);
      const scorecards = new ScorecardStore(tx);
      const scorecard = await scorecards.byId(input.scorecardId);
      if (!scorecard) throw new Problem('not-found', { scorecardId: input.scorecardId });
      if (scorecard.kind === 'V') throw new Problem('scorecard.not-for-trial', { kind: scorecard.kind });
      const beside = (await scorecards.inForce(tx.today)).get(scorecard.kind);
      const divisions = await this.peers.all(archivesReads.divisions, { under: input.divisionCode });
      const villageCodes = divisions.filter(({ level }) => level === 'village').map(({ code }) => code);
      if (villageCodes.length === 0) throw new Problem('run.no-villages', { divisionCode: input.divisionCode });
      const simulationId = newId();
      await new SimulationStore(tx).insert(
        { simulationId, scorecardId: scorecard.scorecardId, besideId: beside?.scorecardId ?? null, cardDigest: cardDigest(scorecard.card), divisionCode: input.divisionCode },
        villageCodes,
      );
      await tx.outbox.appendAll('simulation.village-due', villageCodes.map((villageCode) => ({ simulationId, villageCode })));
      await tx.audit.record('simulation.started', simulationId, { scorecardId: scorecard.scorecardId, villages: villageCodes.length });
      return { simulationId, villages: villageCodes.length };
    });
  }
}
