import type { ServiceDefinition } from '@credit/platform';
import { appeals } from '../../apps/appeals/src/appeals.service';
import { archives } from '../../apps/archives/src/archives.service';
import { civility } from '../../apps/civility/src/civility.service';
import { exchange } from '../../apps/exchange/src/exchange.service';
import { gateway } from '../../apps/gateway/src/gateway.service';
import { identity } from '../../apps/identity/src/identity.service';
import { publicity } from '../../apps/publicity/src/publicity.service';
import { rating } from '../../apps/rating/src/rating.service';

/** Every service, in the order in which they start: the gateway last, when the others can describe themselves. */
export const definitions: readonly ServiceDefinition[] = [identity, archives, civility, publicity, appeals, rating, exchange, gateway];
