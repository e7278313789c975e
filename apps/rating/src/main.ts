import 'reflect-metadata';
import { runService } from '@credit/platform';
import { rating } from './rating.service';

void runService(rating);
