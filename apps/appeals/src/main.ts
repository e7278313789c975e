import 'reflect-metadata';
import { runService } from '@credit/platform';
import { appeals } from './appeals.service';

void runService(appeals);
