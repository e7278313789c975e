import { Module } from '@nestjs/common';
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
import { AnswerSigner } from './signing/answer-signer';
import { JwksController } from './signing/jwks.controller';

@Module({
  controllers: [LookupController, PurposesController, ChangesController, JwksController, DocumentsController],
  providers: [GiveConsent, RevokeConsent, ConsentResolver, AnswerSigner, AnswerDesk, RateLimit, LookUp, ListChanges, RatingProcessor, ApiDocument],
})
export class ExchangeModule {}
