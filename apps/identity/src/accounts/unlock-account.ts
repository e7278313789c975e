import { Problem } from '@credit/contracts';
import { type Actor, type Config, CONFIG, type Receipt, UnitOfWork } from '@credit/platform';
import { Inject, Injectable } from '@nestjs/common';
import { identitySettings } from '../settings';
import { AccountStore } from './account.store';

export interface UnlockAccountInput {
  readonly requestId: string;
  readonly accountId: string;
}

/** 解锁账号 before its lock runs out. */
@Injectable()
export class UnlockAccount {
  constructor(
    private readonly work: UnitOfWork,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  execute(actor: Actor, input: UnlockAccountInput): Promise<Receipt & { accountId: string }> {
    return this.work.once({ actor, operation: 'account.unlock', requestId: input.requestId, body: input }, async (tx) => {
      actor.require('identity.account.manage', identitySettings(this.config).countyCode);
      if (!(await new AccountStore(tx).unlock(input.accountId))) throw new Problem('not-found', { accountId: input.accountId });
      await tx.audit.record('account.unlocked', input.accountId);
      return { accountId: input.accountId };
    });
  }
}
