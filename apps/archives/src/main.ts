import 'reflect-metadata';
import { runService } from '@credit/platform';
import { archives } from './archives.service';

void runService(archives);
