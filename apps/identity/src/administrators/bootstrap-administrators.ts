import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { type Config, CONFIG, LOGGER, type Logger, newId, systemActor, type Tx, UnitOfWork, Vault } from '@credit/platform';
import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { AccountStore } from '../accounts/account.store';
import { hashPassword } from '../accounts/passwords';
import { PostStore } from '../posts/post.store';
import { identitySettings } from '../settings';

const administrators = [
  { role: 'system-admin', name: '系统管理员' },
  { role: 'security-admin', name: '安全管理员' },
  { role: 'audit-admin', name: '审计管理员' },
] as const;

/** 首次启动 — an empty database gets its three administrators, three accounts for three people; their first passwords go to one file only. */
@Injectable()
export class BootstrapAdministrators implements OnApplicationBootstrap {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const { bootstrapFile, countyCode } = identitySettings(this.config);
    if (!bootstrapFile) return;
    await this.work.run(systemActor(), async (tx) => {
      await tx.manager.query("SELECT pg_advisory_xact_lock(hashtext('identity.bootstrap'))");
      if (await new AccountStore(tx).any()) return;
      const made: Record<string, string> = {};
      for (const { role, name } of administrators) made[role] = await this.make(tx, role, name, countyCode);
      writeFileSync(bootstrapFile, JSON.stringify(made, null, 2), { mode: 0o600 });
      this.log.info('the first administrators were created');
    });
  }

  private async make(tx: Tx, role: string, name: string, countyCode: string): Promise<string> {
    const accountId = newId();
    const password = randomBytes(15).toString('base64url');
    const sealed = (await this.vault.sealFor(tx, accountId)).seal(name, ['account', accountId, 'name']);
    await new AccountStore(tx).insert({ accountId, loginName: role, name: sealed, passwordHash: await hashPassword(password), mustChange: true });
    await new PostStore(tx).insert({ postId: newId(), accountId, role, divisionCode: countyCode, organisation: null, fromOn: tx.today, toOn: null, version: 1 });
    await tx.audit.record('account.created', accountId, { role });
    return password;
  }
}
