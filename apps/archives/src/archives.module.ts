import { Module } from '@nestjs/common';
import { AssignCollection } from './collection/assign-collection';
import { CloseTask } from './collection/close-task';
import { CollectionController } from './collection/collection.controller';
import { CollectionResolver } from './collection/collection.resolver';
import { ReceiveBatch } from './collection/receive-batch';
import { ResolveConflict } from './collection/resolve-conflict';
import { ConsentResolver } from './consents/consent.resolver';
import { RecordConsent } from './consents/record-consent';
import { AnswerCorrectionRequest } from './corrections/answer-correction-request';
import { CorrectionRequestProcessor } from './corrections/correction-request.processor';
import { CorrectionRequestResolver } from './corrections/correction-request.resolver';
import { CoverageResolver } from './coverage/coverage.resolver';
import { RecountCoverage } from './coverage/recount-coverage';
import { Register } from './coverage/register';
import { RegisterResolver } from './coverage/register.resolver';
import { DivisionResolver } from './divisions/division.resolver';
import { SyncDivisions } from './divisions/sync-divisions';
import { DecideLikeness } from './duplicates/decide-likeness';
import { DuplicateResolver } from './duplicates/duplicate.resolver';
import { EndDuplicate } from './duplicates/end-duplicate';
import { FindLikeness } from './duplicates/find-likeness';
import { AssignFiles } from './files/assign-files';
import { FileResolver } from './files/file.resolver';
import { SubmitVillage } from './files/submit-village';
import { UploadReads } from './files/upload.reads';
import { VerifyFiles } from './files/verify-files';
import { ApplyChange } from './household-events/apply-change';
import { ControlResolver } from './household-events/control.resolver';
import { DecideEvent } from './household-events/decide-event';
import { EventHistory } from './household-events/event-history';
import { HouseholdEventResolver } from './household-events/household-event.resolver';
import { HouseholdHistoryResolver } from './household-events/household-history.resolver';
import { MergeHouseholds } from './household-events/merge-households';
import { MergeVillage } from './household-events/merge-village';
import { MoveHousehold } from './household-events/move-household';
import { RecordBirth } from './household-events/record-birth';
import { RecordControl } from './household-events/record-control';
import { RecordDeath } from './household-events/record-death';
import { RecordEvent } from './household-events/record-event';
import { RecordMarriage } from './household-events/record-marriage';
import { RegistrationGate } from './household-events/registration-gate';
import { SplitHousehold } from './household-events/split-household';
import { ConfirmImport } from './imports/confirm-import';
import { FetchMarked } from './imports/fetch-marked';
import { ImportController } from './imports/import.controller';
import { ImportResolver } from './imports/import.resolver';
import { LoadVillage } from './imports/load-village';
import { RequestImport } from './imports/request-import';
import { RunImports } from './imports/run-imports';
import { AnswerNeed } from './needs/answer-need';
import { AssignNeed } from './needs/assign-need';
import { NeedResolver } from './needs/need.resolver';
import { RaiseNeed } from './needs/raise-need';
import { RecordVisit } from './needs/record-visit';
import { ChangeProgrammeBody } from './programme/bodies/change-programme-body';
import { DissolveProgrammeBody } from './programme/bodies/dissolve-programme-body';
import { FormProgrammeBody } from './programme/bodies/form-programme-body';
import { ProgrammeBodyResolver } from './programme/bodies/programme-body.resolver';
import { ConfirmWorkItem } from './programme/checklist/confirm-work-item';
import { CopyChecklist } from './programme/checklist/copy-checklist';
import { ListWorkItem } from './programme/checklist/list-work-item';
import { ReopenWorkItem } from './programme/checklist/reopen-work-item';
import { ReportWorkItem } from './programme/checklist/report-work-item';
import { WorkItemResolver } from './programme/checklist/work-item.resolver';
import { WorkOwners } from './programme/checklist/work-owners';
import { RecordTraining } from './programme/trainings/record-training';
import { TrainingResolver } from './programme/trainings/training.resolver';
import { AdmitErased } from './rights/admit-erased';
import { DecideErasure } from './rights/decide-erasure';
import { EraseSubject } from './rights/erase-subject';
import { ErasedGate } from './rights/erased-gate';
import { ErasureRegister } from './rights/erasure-register';
import { ErasureResolver } from './rights/erasure.resolver';
import { OwnFileReader } from './rights/own-file';
import { OwnFileController } from './rights/own-file.controller';
import { PrintOwnFile } from './rights/print-own-file';
import { RequestErasure } from './rights/request-erasure';
import { InspectVillage } from './samples/inspect-village';
import { SampleRecordController } from './samples/sample-record.controller';
import { SampleResolver } from './samples/sample.resolver';
import { ArchivesReads } from './subjects/archives.reads';
import { IndexHouseholds } from './search/index-households';
import { SearchResolver } from './search/search.resolver';
import { FileReader } from './subjects/file-reader';
import { HouseholdView } from './subjects/household-view';
import { SubjectResolver } from './subjects/subject.resolver';
import { VerdictResolver } from './verdicts/verdict.resolver';
import { VerifyItems } from './verdicts/verify-items';
import { CancelWorkSession } from './workload/hours/cancel-work-session';
import { LogWorkSession } from './workload/hours/log-work-session';
import { WorkloadResolver } from './workload/hours/workload.resolver';
import { KnownResolver } from './workload/known/known.resolver';
import { LoadKnown } from './workload/known/load-known';
import { SettleDifference } from './workload/known/settle-difference';

@Module({
  controllers: [ImportController, SampleRecordController, CollectionController, OwnFileController],
  providers: [
    SyncDivisions,
    DivisionResolver,
    HouseholdView,
    SubjectResolver,
    ArchivesReads,
    SubmitVillage,
    AssignFiles,
    VerifyFiles,
    FileResolver,
    UploadReads,
    RecordConsent,
    ConsentResolver,
    RequestImport,
    LoadVillage,
    RunImports,
    ImportResolver,
    RaiseNeed,
    AssignNeed,
    AnswerNeed,
    RecordVisit,
    NeedResolver,
    IndexHouseholds,
    SearchResolver,
    FileReader,
    VerifyItems,
    VerdictResolver,
    ConfirmImport,
    FetchMarked,
    AssignCollection,
    CloseTask,
    ReceiveBatch,
    ResolveConflict,
    CollectionResolver,
    InspectVillage,
    SampleResolver,
    Register,
    RecountCoverage,
    RegisterResolver,
    FormProgrammeBody,
    ChangeProgrammeBody,
    DissolveProgrammeBody,
    ProgrammeBodyResolver,
    RecordTraining,
    TrainingResolver,
    WorkOwners,
    ListWorkItem,
    CopyChecklist,
    ReportWorkItem,
    ConfirmWorkItem,
    ReopenWorkItem,
    WorkItemResolver,
    LoadKnown,
    SettleDifference,
    KnownResolver,
    LogWorkSession,
    CancelWorkSession,
    WorkloadResolver,
    CoverageResolver,
    CorrectionRequestProcessor,
    AnswerCorrectionRequest,
    CorrectionRequestResolver,
    OwnFileReader,
    PrintOwnFile,
    RequestErasure,
    EraseSubject,
    DecideErasure,
    AdmitErased,
    ErasedGate,
    ErasureRegister,
    ErasureResolver,
    ApplyChange,
    RecordEvent,
    RecordBirth,
    RecordDeath,
    RecordMarriage,
    SplitHousehold,
    MergeHouseholds,
    MoveHousehold,
    MergeVillage,
    DecideEvent,
    EventHistory,
    HouseholdEventResolver,
    HouseholdHistoryResolver,
    RegistrationGate,
    RecordControl,
    ControlResolver,
    FindLikeness,
    DecideLikeness,
    EndDuplicate,
    DuplicateResolver,
  ],
})
export class ArchivesModule {}
