import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { z } from 'zod';
import { repositoryRoot } from '../config/repository-root';

interface Dated {
  readonly from: string;
}

const registered = new Set<DatedRules<Dated>>();

/**
 * 有日期的规则 — a file of `rules/` that one service reads: versions in the order of their days, none ever edited. A service refuses
 * to start while one of its files is faulty; `npm run rules -- check` tells the faults of all.
 */
export class DatedRules<Version extends Dated> {
  private versions: readonly Version[] | undefined;

  /** `name` as in the repository, such as `rules/villages.yaml`; `shape` of one version. */
  constructor(
    readonly name: string,
    private readonly shape: z.ZodType<Version>,
  ) {
    registered.add(this);
  }

  /** Reads the file; throws what is wrong with it, all at once. */
  load(): readonly Version[] {
    this.versions ??= this.read();
    return this.versions;
  }

  /** The version in force on a day; before the first one, the first. */
  on(day: string): Version {
    const versions = this.load();
    const version = versions.findLast(({ from }) => from <= day) ?? versions[0];
    if (!version) throw new Error(`${this.name} 没有任何版本`);
    return version;
  }

  private read(): readonly Version[] {
    const versions = this.shape.array().min(1, '至少须有一个版本').parse(parse(readFileSync(join(repositoryRoot(), this.name), 'utf8')));
    const early = versions.findIndex(({ from }, index) => index > 0 && (versions[index - 1]?.from ?? '') >= from);
    if (early > 0) throw new Error(`${this.name} 第 ${early + 1} 个版本的起始日 ${versions[early]?.from ?? ''} 不在前一个之后：版本须按起始日先后排列，且不得重复`);
    return versions;
  }
}

/** Every dated file that the running code reads. */
export function datedRules(): readonly DatedRules<Dated>[] {
  return [...registered];
}
