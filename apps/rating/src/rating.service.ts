import type { ServiceDefinition } from '@credit/platform';
import { RatingModule } from './rating.module';
import { duties } from './rating.watched';

/** 信用等级评定 — scorecards, runs, lists and certificates. */
export const rating: ServiceDefinition = { service: 'rating', module: RatingModule, rows: [], duties };
