import 'reflect-metadata';
import { runService } from '@credit/platform';
import { gateway } from './gateway.service';

void runService(gateway);
