import type { ServiceDefinition } from '@credit/platform';
import { IdentityModule } from './identity.module';
import { MountedProvider } from './provider/mounted-provider.controller';

/** 身份 — accounts, posts held, sign-in, clients of banks and the province. */
export const identity: ServiceDefinition = {
  service: 'identity',
  module: IdentityModule,
  rows: [],
  prepare: (app) => app.get(MountedProvider).mount(app),
};
