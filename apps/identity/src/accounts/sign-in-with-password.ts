import { type Config, CONFIG, systemActor, UnitOfWork } from '@credit/platform';
import { Inject, Injectable } from '@nestjs/common';
import { signInRules } from '../settings';
import { AccountStore } from './account.store';
import { hashPassword, passwordMatches, requireStrong } from './passwords';

export type PasswordSignIn = { readonly accountId: string } | { readonly refused: 'wrong' | 'must-change' };

/** 口令登录 — one answer for a wrong password, an unknown name and a locked account; failures are counted and lock for a while. */
@Injectable()
export class SignInWithPassword {
  constructor(
    private readonly work: UnitOfWork,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async execute(loginName: string, password: string, newPassword: string | undefined): Promise<PasswordSignIn> {
    return this.work.run(systemActor(), async (tx) => {
      const rules = signInRules(tx.today);
      const accounts = new AccountStore(tx);
      const account = await accounts.lockByLoginName(loginName.trim().toLowerCase());
      const matches = await passwordMatches(password, account?.passwordHash);
      if (!account || !account.active || account.locked) return { refused: 'wrong' };
      if (!matches) {
        await accounts.failed(account.accountId, rules.failuresToLock, rules.lockMinutes);
        await tx.audit.record('sign-in.refused', account.accountId);
        return { refused: 'wrong' };
      }
      if (account.mustChange && this.config.production && !newPassword) return { refused: 'must-change' };
      if (newPassword) {
        requireStrong(newPassword, rules.passwordLength);
        await accounts.setPassword(account.accountId, await hashPassword(newPassword));
      }
      await accounts.signedIn(account.accountId);
      await tx.audit.record('signed-in', account.accountId);
      return { accountId: account.accountId };
    });
  }
}
