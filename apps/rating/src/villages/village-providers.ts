import { ApplyForVillage } from './apply-for-village';
import { CheckPlaque } from './check-plaque';
import { CloseVillagePoll } from './close-village-poll';
import { ComputeVillage } from './village-figures';
import { DecideVillageChange } from './decide-village-change';
import { IssueVillagePlaque } from './issue-village-plaque';
import { ObjectToVillageChange } from './object-to-village-change';
import { OpenVillagePoll } from './open-village-poll';
import { PrepareVillageForm } from './prepare-village-form';
import { ProposeVillageChange } from './propose-village-change';
import { RecallVillagePlaque } from './recall-village-plaque';
import { ReceiveApplication } from './receive-application';
import { RecogniseVillage } from './recognise-village';
import { RecordVillageBallots } from './record-village-ballots';
import { RecordVillageOpinion } from './record-village-opinion';
import { ReviewVillageByCounty } from './review-village-by-county';
import { ReviewVillageByTown } from './review-village-by-town';
import { VillageAfterResolver } from './village-after.resolver';
import { VillageDesk } from './village-desk';
import { VillageListResolver } from './village-list.resolver';
import { VillagePublications } from './village-publications';
import { VillageResolver } from './village.resolver';
import { VillageValidity } from './village-validity';
import { VillageViews } from './village-views';

/** 信用村 */
export const villageProviders = [
  ApplyForVillage,
  CheckPlaque,
  CloseVillagePoll,
  ComputeVillage,
  DecideVillageChange,
  IssueVillagePlaque,
  ObjectToVillageChange,
  OpenVillagePoll,
  PrepareVillageForm,
  ProposeVillageChange,
  RecallVillagePlaque,
  ReceiveApplication,
  RecogniseVillage,
  RecordVillageBallots,
  RecordVillageOpinion,
  ReviewVillageByCounty,
  ReviewVillageByTown,
  VillageAfterResolver,
  VillageDesk,
  VillageListResolver,
  VillagePublications,
  VillageResolver,
  VillageValidity,
  VillageViews,
];
