import 'reflect-metadata';
import { runService } from '@credit/platform';
import { exchange } from './exchange.service';

void runService(exchange);
