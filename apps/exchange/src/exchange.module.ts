import { type Config, CONFIG } from '@credit/platform';
import { Module, type Provider } from '@nestjs/common';
import { ConsentResolver } from './consents/consent.resolver';
import { GiveConsent } from './consents/give-consent';
import { PurposesController } from './consents/purposes.controller';
import { RevokeConsent } from './consents/revoke-consent';
import { ApiDocument } from './documents/api-document';
import { DocumentsController } from './documents/documents.controller';
import { ChangesController } from './feed/changes.controller';
import { ListChanges } from './feed/list-changes';
import { RatingProcessor } from './feed/rating.processor';
import { AnswerDesk } from './lookups/answer-desk';
import { LookUp } from './lookups/look-up';
import { LookupController } from './lookups/lookup.controller';
import { RateLimit } from './lookups/rate-limit';
import { ApplyReceipts } from './province/apply-receipts';
import { CutBatches } from './province/cut-batches';
import { HttpProvince } from './province/http-province';
import { ManifestSigner } from './province/manifest-signer';
import { NightlyRound } from './province/nightly-round';
import { PROVINCE, type ProvinceAdapter } from './province/province-adapter';
import { ProvinceController } from './province/province.controller';
import { ProvinceResolver } from './province/province.resolver';
import { PushBatch } from './province/push-batch';
import { PushProcessor } from './province/push.processor';
import { Reconcile } from './province/reconcile';
import { RowReader } from './province/row-reader';
import { ServeChanges } from './province/serve-changes';
import { SyncRecords } from './province/sync-records';
import { TakeReceipts } from './province/take-receipts';
import { AnswerSigner } from './signing/answer-signer';
import { JwksController } from './signing/jwks.controller';

/** A county whose province speaks another protocol gives its own adapter here. */
const province: Provider = {
  provide: PROVINCE,
  inject: [CONFIG],
  useFactory: (config: Config): ProvinceAdapter | null => (config.PROVINCE_URL === undefined ? null : new HttpProvince(config.PROVINCE_URL, config)),
};
const provinceUseCases = [ManifestSigner, RowReader, ApplyReceipts, SyncRecords, CutBatches, PushBatch, Reconcile, NightlyRound, PushProcessor, ServeChanges, TakeReceipts, ProvinceResolver];

@Module({
  controllers: [LookupController, PurposesController, ChangesController, JwksController, DocumentsController, ProvinceController],
  providers: [GiveConsent, RevokeConsent, ConsentResolver, AnswerSigner, AnswerDesk, RateLimit, LookUp, ListChanges, RatingProcessor, ApiDocument, province, ...provinceUseCases],
})
export class ExchangeModule {}
