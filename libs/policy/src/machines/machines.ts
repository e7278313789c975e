import { machine } from './machine';

/** 公示 */
export type PublicationState = 'draft' | 'posted' | 'suspended' | 'withdrawn' | 'closed';
export type PublicationCommand = 'post' | 'extend' | 'suspend' | 'repost' | 'withdraw' | 'elapse';
export const publicationMachine = machine<PublicationState, PublicationCommand>('publication', 'draft', {
  draft: { post: 'posted', withdraw: 'withdrawn' },
  posted: { extend: 'posted', suspend: 'suspended', withdraw: 'withdrawn', elapse: 'closed' },
  suspended: { repost: 'posted', withdraw: 'withdrawn' },
  withdrawn: {},
  closed: {},
});

/** 异议与复议 */
export type AppealState = 'received' | 'refused' | 'admitted' | 'panel-convened' | 'answered' | 'outcome-published' | 'closed' | 'withdrawn';
export type AppealCommand = 'admit' | 'refuse' | 'admit-late' | 'convene' | 'answer' | 'publish-outcome' | 'close' | 'withdraw';
export const appealMachine = machine<AppealState, AppealCommand>('appeal', 'received', {
  received: { admit: 'admitted', refuse: 'refused', withdraw: 'withdrawn' },
  refused: { 'admit-late': 'admitted' },
  admitted: { refuse: 'refused', convene: 'panel-convened', answer: 'answered', withdraw: 'withdrawn' },
  'panel-convened': { convene: 'panel-convened', answer: 'answered', withdraw: 'withdrawn' },
  answered: { 'publish-outcome': 'outcome-published' },
  'outcome-published': { close: 'closed' },
  closed: {},
  withdrawn: {},
});

/** 评议轮次 */
export type RoundState = 'preparing' | 'open' | 'deliberating' | 'handed-in' | 'returned' | 'filed' | 'published' | 'final';
export type RoundCommand = 'open' | 'deliberate' | 'hand-in' | 'return' | 'file' | 'publish' | 'restart-publication' | 'finalise';
export const roundMachine = machine<RoundState, RoundCommand>('round', 'preparing', {
  preparing: { open: 'open' },
  open: { deliberate: 'deliberating' },
  deliberating: { 'hand-in': 'handed-in' },
  'handed-in': { return: 'returned', file: 'filed' },
  returned: { 'hand-in': 'handed-in' },
  filed: { publish: 'published' },
  published: { publish: 'published', 'restart-publication': 'filed', finalise: 'final' },
  final: {},
});

/** 评定 */
export type RatingState = 'proposed' | 'listed' | 'disputed' | 'certified' | 'lapsed' | 'revoked' | 'superseded';
export type RatingCommand = 'list' | 'dispute' | 'settle' | 'certify' | 'lapse' | 'revoke' | 'supersede';
export const ratingMachine = machine<RatingState, RatingCommand>('rating', 'proposed', {
  proposed: { list: 'listed', certify: 'certified', dispute: 'disputed', supersede: 'superseded' },
  listed: { dispute: 'disputed', certify: 'certified', supersede: 'superseded' },
  disputed: { settle: 'listed', supersede: 'superseded' },
  certified: { lapse: 'lapsed', revoke: 'revoked', supersede: 'superseded' },
  lapsed: { supersede: 'superseded' },
  revoked: { supersede: 'superseded' },
  superseded: {},
});

/** 信用村申报 */
export type VillageApplicationState = 'applied' | 'town-reviewed' | 'county-reviewed' | 'published' | 'recognised' | 'plaque-issued' | 'refused' | 'lapsed' | 'revoked';
export type VillageApplicationCommand = 'town-review' | 'county-review' | 'publish' | 'recognise' | 'issue-plaque' | 'refuse' | 'lapse' | 'revoke';
export const villageApplicationMachine = machine<VillageApplicationState, VillageApplicationCommand>('village-application', 'applied', {
  applied: { 'town-review': 'town-reviewed', refuse: 'refused' },
  'town-reviewed': { 'county-review': 'county-reviewed', refuse: 'refused' },
  'county-reviewed': { publish: 'published', refuse: 'refused' },
  published: { recognise: 'recognised', refuse: 'refused' },
  recognised: { 'issue-plaque': 'plaque-issued', lapse: 'lapsed', revoke: 'revoked' },
  'plaque-issued': { lapse: 'lapsed', revoke: 'revoked' },
  refused: {},
  lapsed: {},
  revoked: {},
});

export const machines = [publicationMachine, appealMachine, roundMachine, ratingMachine, villageApplicationMachine] as const;
