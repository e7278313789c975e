import 'reflect-metadata';
import { runService } from '@credit/platform';
import { sample } from './sample-service';

void runService(sample);
