import { type Config, CONFIG, systemActor, UnitOfWork } from '@credit/platform';
import { Inject, Injectable } from '@nestjs/common';
import { AccountStore } from '../accounts/account.store';
import { identitySettings } from '../settings';

/** 统一认证登录 — whoever the unit's provider vouches for is the account linked to that issuer and subject, or nobody. */
@Injectable()
export class SignInUpstream {
  constructor(
    private readonly work: UnitOfWork,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  execute(subject: string): Promise<{ accountId: string } | undefined> {
    return this.work.run(systemActor(), async (tx) => {
      const issuer = identitySettings(this.config).upstream?.issuer ?? '';
      const account = await new AccountStore(tx).byIssuer(issuer, subject);
      if (!account?.active) return undefined;
      await tx.audit.record('signed-in', account.accountId);
      return { accountId: account.accountId };
    });
  }
}
