import type { ServiceDefinition } from '@credit/platform';
import { ConsentRow } from './consents/consent.row';
import { ApiDocument } from './documents/api-document';
import { ExchangeModule } from './exchange.module';
import { backlogs } from './exchange.watched';

/** 结果共享 — consents, look-ups with signed answers, and the log every household can see. */
export const exchange: ServiceDefinition = {
  service: 'exchange',
  module: ExchangeModule,
  rows: [ConsentRow],
  backlogs,
  prepare: async (app) => app.get(ApiDocument).describe(app, [ExchangeModule]),
};
