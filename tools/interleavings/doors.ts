import { countyCode, townCode } from './villages';

/** One person per role of the programme; the villages of the town share theirs. */
export const posts = {
  'county-officer': countyCode,
  'county-director': countyCode,
  'town-officer': townCode,
  'town-party-committee': townCode,
  'town-supervisor': townCode,
  'village-secretary': townCode,
  'village-cadre': townCode,
  'village-clerk': townCode,
  'village-supervisor': townCode,
  'system-admin': countyCode,
} as const;
export type Role = keyof typeof posts;

/** 公开之门 — every mutation these sequences are driven through: whose it is, who acts, what it takes and answers. */
export const mutations = {
  draftItemList: { service: 'civility', role: 'county-officer', type: 'DraftItemListArgs', answer: 'listVersionId' },
  approveItemList: { service: 'civility', role: 'county-director', type: 'ApproveItemListArgs', answer: 'approvedOn' },
  prepareRound: { service: 'civility', role: 'town-officer', type: 'PrepareRoundArgs', answer: 'roundId' },
  formReviewGroup: { service: 'civility', role: 'town-officer', type: 'FormReviewGroupArgs', answer: 'memberIds' },
  formDeliberationGroup: { service: 'civility', role: 'town-officer', type: 'FormDeliberationGroupArgs', answer: 'memberIds' },
  openRound: { service: 'civility', role: 'town-officer', type: 'RoundArgs', answer: 'state' },
  recordGroupTable: { service: 'civility', role: 'village-clerk', type: 'RecordGroupTableArgs', answer: 'tableId digest' },
  confirmGroupTable: { service: 'civility', role: 'village-cadre', type: 'ConfirmGroupTableArgs', answer: 'confirmedOn' },
  beginDeliberation: { service: 'civility', role: 'village-secretary', type: 'HoldSittingArgs', answer: 'state' },
  examineHouseholds: { service: 'civility', role: 'village-secretary', type: 'ExamineArgs', answer: 'examined' },
  confirmExamined: { service: 'civility', role: 'village-secretary', type: 'RoundArgs', answer: 'confirmed' },
  handIn: { service: 'civility', role: 'village-secretary', type: 'RoundArgs', answer: 'state' },
  fileRound: { service: 'civility', role: 'town-party-committee', type: 'FileRoundArgs', answer: 'digest' },
  postPlace: { service: 'publicity', role: 'village-clerk', type: 'PostPlaceInput', answer: 'lastDay objectionLastDay' },
  reportMissing: { service: 'publicity', role: 'village-supervisor', type: 'ReportMissingInput', answer: 'lastDay objectionLastDay' },
  suspendPublication: { service: 'publicity', role: 'town-supervisor', type: 'SuspendPublicationInput', answer: 'state' },
  resumePublication: { service: 'publicity', role: 'town-supervisor', type: 'PublicationInput', answer: 'lastDay objectionLastDay' },
  withdrawPublication: { service: 'publicity', role: 'village-supervisor', type: 'WithdrawPublicationInput', answer: 'openedAgainAs' },
  recordGroupDelivery: { service: 'publicity', role: 'village-clerk', type: 'RecordGroupDeliveryInput', answer: 'told failed' },
  fileObjection: { service: 'appeals', role: 'village-clerk', type: 'FileObjectionInput', answer: 'objectionId state refusal answerDueOn' },
  withdrawObjection: { service: 'appeals', role: 'village-clerk', type: 'WithdrawObjectionInput', answer: 'state' },
  convenePanel: { service: 'appeals', role: 'village-secretary', type: 'ConvenePanelInput', answer: 'reconsiderationId' },
  recordHearing: { service: 'appeals', role: 'village-secretary', type: 'RecordHearingInput', answer: 'hearingId' },
  answerObjection: { service: 'appeals', role: 'village-secretary', type: 'AnswerObjectionInput', answer: 'objectionId overdue' },
} as const;
export type Mutation = keyof typeof mutations;
