import { Problem } from '@credit/contracts';
import { type Actor, type Receipt, UnitOfWork, Vault } from '@credit/platform';
import { Injectable } from '@nestjs/common';
import { signInRules } from '../settings';
import { AccountStore } from './account.store';
import { hashPassword, passwordMatches, requireStrong } from './passwords';

export interface SetPasswordInput {
  readonly requestId: string;
  readonly oldPassword: string;
  readonly newPassword: string;
}

/** 修改口令 of the own account. */
@Injectable()
export class SetPassword {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
  ) {}

  async execute(actor: Actor, input: SetPasswordInput): Promise<Receipt & { accountId: string }> {
    const accountId = actor.accountId;
    if (actor.kind !== 'account' || !accountId) throw new Problem('access.denied');
    const passwordHash = await hashPassword(input.newPassword);
    const body = { old: this.vault.hash(input.oldPassword, 'request'), new: this.vault.hash(input.newPassword, 'request') };
    return this.work.once({ actor, operation: 'account.set-password', requestId: input.requestId, body }, async (tx) => {
      const accounts = new AccountStore(tx);
      const account = await accounts.byId(accountId);
      if (!(await passwordMatches(input.oldPassword, account.passwordHash))) throw new Problem('account.wrong-password');
      requireStrong(input.newPassword, signInRules(tx.today).passwordLength);
      await accounts.setPassword(accountId, passwordHash);
      await tx.audit.record('account.password-set', accountId);
      return { accountId };
    });
  }
}
