import type { ServiceDefinition } from '@credit/platform';
import { NotificationRow } from './notifications/notification.row';
import { PlaceRow, PublicationRow } from './publications/publication.row';
import { PublicityModule } from './publicity.module';
import { keepRawReceipts } from './webhook/receipts.controller';
import { backlogs, duties } from './publicity.watched';

/** 公示告知 — publications, notices, notifications, and the alarms of every legal deadline. */
export const publicity: ServiceDefinition = {
  service: 'publicity',
  module: PublicityModule,
  rows: [PublicationRow, PlaceRow, NotificationRow],
  backlogs,
  duties,
  prepare: (app) => {
    keepRawReceipts(app);
    return Promise.resolve();
  },
};
