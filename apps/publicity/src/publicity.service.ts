import type { ServiceDefinition } from '@credit/platform';
import { NotificationRow } from './notifications/notification.row';
import { PlaceRow, PublicationRow } from './publications/publication.row';
import { PublicityModule } from './publicity.module';
import { keepRawBodies } from './webhook/raw-body';
import { receiptsPath } from './webhook/receipts.controller';

const receiptsMaxBytes = 256 * 1024;

/** 公示告知 — publications, notices, notifications, and the alarms of every legal deadline. */
export const publicity: ServiceDefinition = {
  service: 'publicity',
  module: PublicityModule,
  rows: [PublicationRow, PlaceRow, NotificationRow],
  prepare: (app) => {
    keepRawBodies(app, receiptsPath, receiptsMaxBytes);
    return Promise.resolve();
  },
};
