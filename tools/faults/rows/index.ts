import type { Row } from '../row';
import { fullDisk } from './full-disk';
import { killedServices } from './killed-services';
import { lostQueue } from './lost-queue';
import { repeatedKeys } from './repeated-keys';
import { repeatedMessages } from './repeated-messages';
import { silentDatabase, silentQueue } from './silence';
import { uncertainAnswers } from './uncertain-answers';

export const rows: readonly Row[] = [killedServices, uncertainAnswers, repeatedKeys, repeatedMessages, lostQueue, silentDatabase, silentQueue, fullDisk];
