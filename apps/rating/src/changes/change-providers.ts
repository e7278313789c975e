import { AnswerRegrade } from './answer-regrade';
import { DecideRegrade } from './decide-regrade';
import { ProposeRegrade } from './propose-regrade';
import { RateNow } from './rate-now';
import { RegradeResolver } from './regrade.resolver';
import { SettleRechecks } from './settle-rechecks';

/** 动态调整 as the module provides it. */
export const changeProviders = [RateNow, ProposeRegrade, AnswerRegrade, DecideRegrade, SettleRechecks, RegradeResolver];
