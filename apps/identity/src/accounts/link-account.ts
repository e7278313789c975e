import { Problem } from '@credit/contracts';
import { type Actor, type Config, CONFIG, type Receipt, UnitOfWork } from '@credit/platform';
import { Inject, Injectable } from '@nestjs/common';
import { identitySettings } from '../settings';
import { AccountStore } from './account.store';

export interface LinkAccountInput {
  readonly requestId: string;
  readonly accountId: string;
  /** 统一认证编号: the `sub` by which the unit's own provider knows the person. */
  readonly subject: string;
}

/** 关联统一认证 — from now on the account signs in where its unit signs in, and no longer by a password here. */
@Injectable()
export class LinkAccount {
  constructor(
    private readonly work: UnitOfWork,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  execute(actor: Actor, input: LinkAccountInput): Promise<Receipt & { accountId: string }> {
    return this.work.once({ actor, operation: 'account.link', requestId: input.requestId, body: input }, async (tx) => {
      const { countyCode, upstream } = identitySettings(this.config);
      actor.require('identity.account.manage', countyCode);
      if (!upstream) throw new Problem('account.no-upstream');
      const subject = input.subject.trim();
      if (subject === '' || subject.length > 255) throw new Problem('input.invalid', {}, [{ path: 'subject', message: '请填写统一认证编号，至多 255 个字符' }]);
      const accounts = new AccountStore(tx);
      const { accountId } = await accounts.byId(input.accountId);
      if (!(await accounts.link(accountId, upstream.issuer, subject))) throw new Problem('account.subject-taken');
      await tx.audit.record('account.linked', accountId);
      return { accountId };
    });
  }
}
