import type { ServiceDefinition } from '@credit/platform';
import fastifyMultipart from '@fastify/multipart';
import { ArchivesModule } from './archives.module';
import { backlogs, duties } from './archives.watched';

const largestWorkbook = 20 * 1024 * 1024;

/** 信用档案 — divisions, credit files, collection, verification, county samples, coverage. */
export const archives: ServiceDefinition = {
  service: 'archives',
  module: ArchivesModule,
  rows: [],
  backlogs,
  duties,
  prepare: async (app) => {
    await app.register(fastifyMultipart as never, { limits: { fileSize: largestWorkbook, files: 1, fields: 5, parts: 6 } } as never);
  },
};
