import { type InputFault, Problem } from '@credit/contracts';
import { AccessTable, type Tx } from '@credit/platform';
import { isWithin } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { WorkItemStore } from './work-item.store';

/** 承办人 — must hold a post today, where the work is, that lets them report it done: nothing is given to somebody who cannot do it. 四(一) */
@Injectable()
export class WorkOwners {
  constructor(private readonly access: AccessTable) {}

  /** Throws with the path of each who cannot. */
  async require(tx: Tx, given: readonly { readonly ownerId: string; readonly divisionCode: string; readonly path: string }[]): Promise<void> {
    const posts = await new WorkItemStore(tx).rolesOf([...new Set(given.map(({ ownerId }) => ownerId))]);
    const faults = given.flatMap(({ ownerId, divisionCode, path }): InputFault[] => {
      const able = posts.some((post) => post.accountId === ownerId && this.access.grants(post.role, 'work-item.report') && isWithin(post.divisionCode, divisionCode));
      return able ? [] : [{ path, message: `承办人今天在 ${divisionCode} 没有可以承办的任职，请改填他人` }];
    });
    if (faults.length > 0) throw new Problem('input.invalid', {}, faults.filter((fault, index) => faults.findIndex((one) => one.path === fault.path) === index));
  }
}
