import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot, systemActor, UnitOfWork } from '@credit/platform';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type Division, DivisionStore } from './division.store';

/** One row of `rules/divisions/*.csv`: code, name, level, parent. A community (居委会) is a village-level division. */
function readDivisions(): Division[] {
  const folder = join(repositoryRoot(), 'rules/divisions');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.csv'))
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').split(/\r?\n/).slice(1))
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [code = '', name = '', level = '', parent = ''] = line.split(',');
      const community = level === 'community';
      return { code, name, level: (community ? 'village' : level) as Division['level'], community, parentCode: parent || null };
    });
}

/** 行政区划入库 — at every start the divisions of the rule data are brought in; what is there already stays. */
@Injectable()
export class SyncDivisions implements OnModuleInit {
  constructor(private readonly work: UnitOfWork) {}

  async onModuleInit(): Promise<void> {
    await this.work.run(systemActor(), (tx) => new DivisionStore(tx).upsertAll(readDivisions()));
  }
}
