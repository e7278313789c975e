import { Module } from '@nestjs/common';
import { AdmitLate } from './objections/admit-late';
import { CorrectionProcessor } from './objections/correction.processor';
import { FileObjection } from './objections/file-objection';
import { ObjectionDossier } from './objections/objection-dossier';
import { ObjectionReads } from './objections/objection.reads';
import { ObjectionResolver } from './objections/objection.resolver';
import { RefuseObjection } from './objections/refuse-objection';
import { ReportFileError } from './objections/report-file-error';
import { ReviewRefusal } from './objections/review-refusal';
import { WithdrawObjection } from './objections/withdraw-objection';
import { AnswerObjection } from './reconsiderations/answer-objection';
import { AnswerSheet } from './reconsiderations/answer-sheet';
import { AnswerSheetController } from './reconsiderations/answer-sheet.controller';
import { AnswerSheetResolver } from './reconsiderations/answer-sheet.resolver';
import { CaseDesk } from './reconsiderations/case-desk';
import { ConvenePanel } from './reconsiderations/convene-panel';
import { Deliberation } from './reconsiderations/deliberation';
import { FollowOutcome } from './reconsiderations/follow-outcome';
import { OverdueResolver } from './reconsiderations/overdue.resolver';
import { PrintAnswer } from './reconsiderations/print-answer';
import { ReconsiderationProcessor } from './reconsiderations/reconsideration.processor';
import { ReconsiderationReads } from './reconsiderations/reconsideration.reads';
import { ReconsiderationResolver } from './reconsiderations/reconsideration.resolver';
import { RecordHearing } from './reconsiderations/record-hearing';
import { ScoreDecision } from './reconsiderations/score-decision';
import { WatchAnswers } from './reconsiderations/watch-answers';
import { StatisticsResolver } from './statistics/statistics.resolver';

@Module({
  controllers: [AnswerSheetController],
  providers: [
    FileObjection,
    ReportFileError,
    CorrectionProcessor,
    AdmitLate,
    RefuseObjection,
    ReviewRefusal,
    WithdrawObjection,
    ObjectionDossier,
    ObjectionReads,
    ObjectionResolver,
    CaseDesk,
    Deliberation,
    ConvenePanel,
    RecordHearing,
    ScoreDecision,
    AnswerObjection,
    AnswerSheet,
    AnswerSheetResolver,
    PrintAnswer,
    FollowOutcome,
    WatchAnswers,
    OverdueResolver,
    StatisticsResolver,
    ReconsiderationProcessor,
    ReconsiderationReads,
    ReconsiderationResolver,
  ],
})
export class AppealsModule {}
