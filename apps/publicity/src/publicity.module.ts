import { CONFIG, type Config } from '@credit/platform';
import { Module } from '@nestjs/common';
import { ClockController } from './clock/clock.controller';
import { MoveClock } from './clock/move-clock';
import { Settling } from './clock/settling';
import { DeadlineProcessor } from './deadlines/deadline.processor';
import { DeadlineResolver } from './deadlines/deadline.resolver';
import { ReconcileDeadlines } from './deadlines/reconcile-deadlines';
import { RingDeadlines } from './deadlines/ring-deadlines';
import { Sweeper } from './deadlines/sweeper';
import { Announce } from './notices/announce';
import { NoticeResolver } from './notices/notice.resolver';
import { NoticesController } from './notices/notices.controller';
import { PublicController } from './public/public.controller';
import { ShowOwn } from './public/show-own';
import { ShowPublic } from './public/show-public';
import { PrintNotice } from './notices/print-notice';
import { SetObjectionContact } from './notices/set-objection-contact';
import { CreateNotifications } from './notifications/create-notifications';
import { NotificationProcessor } from './notifications/notification.processor';
import { NotificationResolver } from './notifications/notification.resolver';
import { NotificationViews } from './notifications/notification-views';
import { NotifyRequested } from './notifications/notify-requested';
import { RecordBroadcast } from './notifications/record-broadcast';
import { RecordDelivery } from './notifications/record-delivery';
import { RecordGroupDelivery } from './notifications/record-group-delivery';
import { RecordNotDeliverable } from './notifications/record-not-deliverable';
import { SettleNotifications } from './notifications/settle-notifications';
import { TellSubjects } from './notifications/tell-subjects';
import { DocumentResolver } from './printing/document.resolver';
import { GatherNotice } from './printing/gather-notice';
import { GatherTelling } from './printing/gather-telling';
import { PapersController } from './printing/papers.controller';
import { PrintSignOff } from './printing/print-sign-off';
import { PrintSlips } from './printing/print-slips';
import { CloseDue } from './publications/close-due';
import { DraftPublication } from './publications/draft-publication';
import { ExtendPublication } from './publications/extend-publication';
import { OwnDeadlines } from './publications/own-deadlines';
import { PostPlace } from './publications/post-place';
import { PublicationProcessor } from './publications/publication.processor';
import { PublicationReads } from './publications/publication.reads';
import { PublicationResolver } from './publications/publication.resolver';
import { PublicationTerm } from './publications/publication-term';
import { PublicationViews } from './publications/publication-views';
import { RedraftPublication } from './publications/redraft-publication';
import { ReportMissing } from './publications/report-missing';
import { SuspendPublication } from './publications/suspend-publication';
import { WithdrawPublication } from './publications/withdraw-publication';
import { loadNoticeRules, NoticeRules } from './rules/notice-rules';
import { SETTINGS, settingsShape } from './settings';
import { ReceiptsController } from './webhook/receipts.controller';
import { ReceiveReceipts } from './webhook/receive-receipts';
import { SendWebhook } from './webhook/send-webhook';
import { WebhookLoop } from './webhook/webhook-loop';

const publications = [
  PublicationTerm,
  DraftPublication,
  PostPlace,
  ExtendPublication,
  ReportMissing,
  WithdrawPublication,
  SuspendPublication,
  RedraftPublication,
  CloseDue,
  OwnDeadlines,
  PublicationViews,
  PublicationProcessor,
  PublicationReads,
  PublicationResolver,
];
const notifications = [
  CreateNotifications,
  TellSubjects,
  NotifyRequested,
  SettleNotifications,
  RecordBroadcast,
  RecordDelivery,
  RecordGroupDelivery,
  RecordNotDeliverable,
  NotificationViews,
  NotificationProcessor,
  NotificationResolver,
  ReceiveReceipts,
  SendWebhook,
  WebhookLoop,
];
const printing = [GatherNotice, GatherTelling, PrintSlips, PrintSignOff, DocumentResolver];
const notices = [Announce, PrintNotice, ShowPublic, ShowOwn, SetObjectionContact, NoticeResolver];
const deadlines = [RingDeadlines, ReconcileDeadlines, Sweeper, DeadlineProcessor, DeadlineResolver];
const clock = [MoveClock, Settling];

@Module({
  controllers: [NoticesController, PapersController, PublicController, ReceiptsController, ClockController],
  providers: [
    { provide: NoticeRules, useFactory: () => loadNoticeRules() },
    { provide: SETTINGS, inject: [CONFIG], useFactory: (config: Config) => settingsShape.parse(config.SETTINGS) },
    ...publications,
    ...notifications,
    ...notices,
    ...printing,
    ...deadlines,
    ...clock,
  ],
})
export class PublicityModule {}
