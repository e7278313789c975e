import type { ServiceDefinition } from '@credit/platform';
import { GatewayModule } from './gateway.module';

/** 网关 — one graph for the county frontend, sign-in, progress, static pages; keeps no data. */
export const gateway: ServiceDefinition = { service: 'gateway', module: GatewayModule, rows: [] };
