import { Module } from '@nestjs/common';
import { changeProviders } from './changes/change-providers';
import { CertifyDue } from './lists/certify-due';
import { CertifyRun } from './lists/certify-run';
import { ListProcessor } from './lists/list.processor';
import { ExplainedResults } from './ratings/explained-result';
import { PrintExplanation } from './ratings/print-explanation';
import { RatingController } from './ratings/rating.controller';
import { RatingReads } from './ratings/rating.reads';
import { RatingResolver } from './ratings/rating.resolver';
import { CancelRun } from './runs/cancel-run';
import { ConfirmRun } from './runs/confirm-run';
import { Explanations } from './runs/explanations';
import { PauseRun } from './runs/pause-run';
import { RateAgain } from './runs/rate-again';
import { RateVillage } from './runs/rate-village';
import { ReplayResult } from './runs/replay-result';
import { ReplayRun } from './runs/replay-run';
import { ResumeRun } from './runs/resume-run';
import { RunProcessor } from './runs/run.processor';
import { RunResolver } from './runs/run.resolver';
import { StartRun } from './runs/start-run';
import { ApproveScorecard } from './scorecards/approve-scorecard';
import { DraftScorecard } from './scorecards/draft-scorecard';
import { EditScorecard } from './scorecards/edit-scorecard';
import { ImportScorecard } from './scorecards/import-scorecard';
import { ScorecardResolver } from './scorecards/scorecard.resolver';
import { SimulateVillage } from './simulations/simulate-village';
import { SimulationProcessor } from './simulations/simulation.processor';
import { SimulationResolver } from './simulations/simulation.resolver';
import { StartSimulation } from './simulations/start-simulation';

import { CertificateController } from './certificates/certificate.controller';
import { CheckCertificate } from './certificates/check-certificate';
import { PrintCertificate } from './certificates/print-certificate';
import { RemindOfRenewal } from './renewals/remind-of-renewal';
import { RenewalResolver } from './renewals/renewal.resolver';
import { registerProviders } from './registers/register-providers';
import { repairProviders } from './repair/repair-providers';
import { DecideHumanReview } from './reviews/decide-human-review';
import { HumanReviewResolver } from './reviews/human-review.resolver';
import { RequestHumanReview } from './reviews/request-human-review';

import { villageProviders } from './villages/village-providers';
import { VillageController } from './villages/village.controller';

@Module({
  controllers: [VillageController, CertificateController, RatingController],
  providers: [
    DraftScorecard,
    ImportScorecard,
    EditScorecard,
    ApproveScorecard,
    ScorecardResolver,
    StartSimulation,
    SimulateVillage,
    SimulationProcessor,
    SimulationResolver,
    StartRun,
    RateVillage,
    RateAgain,
    ConfirmRun,
    PauseRun,
    ResumeRun,
    CancelRun,
    ReplayResult,
    ReplayRun,
    Explanations,
    RunProcessor,
    RunResolver,
    CertifyDue,
    CertifyRun,
    ListProcessor,
    RequestHumanReview,
    DecideHumanReview,
    HumanReviewResolver,
    RemindOfRenewal,
    RenewalResolver,
    CheckCertificate,
    PrintCertificate,
    ExplainedResults,
    PrintExplanation,
    ...changeProviders,
    ...repairProviders,
    ...registerProviders,
    ...villageProviders,
    RatingReads,
    RatingResolver,
  ],
})
export class RatingModule {}
