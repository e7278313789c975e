import 'reflect-metadata';
import { runService } from '@credit/platform';
import { publicity } from './publicity.service';

void runService(publicity);
