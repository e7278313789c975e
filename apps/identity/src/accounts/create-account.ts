import { Problem } from '@credit/contracts';
import { type Actor, type Config, CONFIG, newId, type Receipt, UnitOfWork, Vault } from '@credit/platform';
import { Inject, Injectable } from '@nestjs/common';
import { identitySettings, signInRules } from '../settings';
import { AccountStore } from './account.store';
import { hashPassword, requireStrong } from './passwords';

export interface CreateAccountInput {
  readonly requestId: string;
  readonly loginName: string;
  /** 姓名 */
  readonly name: string;
  /** 初始口令 */
  readonly password: string;
}

const loginNameShape = /^[a-z][a-z0-9.-]{2,31}$/;

/** 建立账号 — an account can sign in; what it may do comes with its posts, given by another person. */
@Injectable()
export class CreateAccount {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async execute(actor: Actor, input: CreateAccountInput): Promise<Receipt & { accountId: string }> {
    const passwordHash = await hashPassword(input.password);
    const body = { loginName: input.loginName, name: this.vault.hash(input.name, 'request'), password: this.vault.hash(input.password, 'request') };
    return this.work.once({ actor, operation: 'account.create', requestId: input.requestId, body }, async (tx) => {
      actor.require('identity.account.manage', identitySettings(this.config).countyCode);
      if (!loginNameShape.test(input.loginName)) throw new Problem('input.invalid', {}, [{ path: 'loginName', message: '登录名以小写字母开头，3 至 32 位，只用小写字母、数字、点和连字符' }]);
      if (input.name.trim() === '' || input.name.length > 50) throw new Problem('input.invalid', {}, [{ path: 'name', message: '请填写姓名，至多 50 个字' }]);
      requireStrong(input.password, signInRules(tx.today).passwordLength);
      const accountId = newId();
      const name = (await this.vault.sealFor(tx, accountId)).seal(input.name.trim(), ['account', accountId, 'name']);
      await new AccountStore(tx).insert({ accountId, loginName: input.loginName, name, passwordHash, mustChange: this.config.production });
      await tx.audit.record('account.created', accountId);
      return { accountId };
    });
  }
}
