import type { ServiceDefinition } from '@credit/platform';
import { AppealsModule } from './appeals.module';
import { ObjectionRow } from './objections/objection.row';
import { HearingRow } from './reconsiderations/hearing.row';
import { PanelMemberRow } from './reconsiderations/panel-member.row';
import { ReconsiderationRow } from './reconsiderations/reconsideration.row';
import { duties } from './appeals.watched';

/** 异议复议 — filings, panels, answers and their deadlines. */
export const appeals: ServiceDefinition = { service: 'appeals', module: AppealsModule, rows: [ObjectionRow, ReconsiderationRow, PanelMemberRow, HearingRow], duties };
