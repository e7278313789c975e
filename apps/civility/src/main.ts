import 'reflect-metadata';
import { runService } from '@credit/platform';
import { civility } from './civility.service';

void runService(civility);
