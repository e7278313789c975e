import type { Row } from '../row';
import { killedServices } from './killed-services';
import { lostQueue } from './lost-queue';
import { repeatedKeys } from './repeated-keys';
import { repeatedMessages } from './repeated-messages';

export const rows: readonly Row[] = [killedServices, repeatedKeys, repeatedMessages, lostQueue];
