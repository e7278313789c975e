import type { ServiceDefinition } from '@credit/platform';
import { CivilityModule } from './civility.module';
import { RoundRow } from './rounds/round.row';
import { duties } from './civility.watched';

/** 乡风文明评议 — item lists, rounds, bodies and their recusals, group tables, deliberation, filing and final scores. */
export const civility: ServiceDefinition = { service: 'civility', module: CivilityModule, rows: [RoundRow], duties };
