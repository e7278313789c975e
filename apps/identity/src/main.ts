import 'reflect-metadata';
import { runService } from '@credit/platform';
import { identity } from './identity.service';

void runService(identity);
