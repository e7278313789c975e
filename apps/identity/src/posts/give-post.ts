import { Problem } from '@credit/contracts';
import { AccessTable, type Actor, type Config, CONFIG, newId, type Receipt, UnitOfWork } from '@credit/platform';
import { checkDivision, plainDate } from '@credit/policy';
import { Inject, Injectable } from '@nestjs/common';
import { AccountStore } from '../accounts/account.store';
import { identitySettings } from '../settings';
import { PostStore } from './post.store';

export interface GivePostInput {
  readonly requestId: string;
  readonly accountId: string;
  readonly role: string;
  readonly divisionCode: string;
  /** A bank's client id, for members from financial institutions. */
  readonly organisation?: string;
  readonly fromOn?: string;
  readonly toOn?: string;
}

/** 系统、安全、审计管理员 are three different people. */
const separatedRoles = ['system-admin', 'security-admin', 'audit-admin'];

/** 任职 — gives a role in a division from a day on. Rights are checked against the post held on the day of an act. 三(一) */
@Injectable()
export class GivePost {
  constructor(
    private readonly work: UnitOfWork,
    private readonly table: AccessTable,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  execute(actor: Actor, input: GivePostInput): Promise<Receipt & { postId: string }> {
    return this.work.once({ actor, operation: 'post.give', requestId: input.requestId, body: input }, async (tx) => {
      actor.require('identity.post.manage', identitySettings(this.config).countyCode);
      if (actor.accountId === input.accountId) throw new Problem('post.to-oneself');
      this.requireFitting(input.role, input.divisionCode);
      const fromOn = input.fromOn === undefined ? tx.today : plainDate(input.fromOn);
      const toOn = input.toOn === undefined ? null : plainDate(input.toOn);
      if (toOn && toOn < fromOn) throw new Problem('input.invalid', {}, [{ path: 'toOn', message: '免职日不能早于任职日' }]);
      await new AccountStore(tx).byId(input.accountId);
      const posts = new PostStore(tx);
      if (separatedRoles.includes(input.role)) {
        const held = await posts.openRolesOf(input.accountId);
        if (held.some((role) => role !== input.role && separatedRoles.includes(role))) throw new Problem('post.separated-roles', { role: input.role });
      }
      const postId = newId();
      await posts.insert({ postId, accountId: input.accountId, role: input.role, divisionCode: input.divisionCode, organisation: input.organisation ?? null, fromOn, toOn, version: 1 });
      await tx.audit.record('post.given', postId, { accountId: input.accountId, role: input.role, divisionCode: input.divisionCode, fromOn, toOn });
      return { postId };
    });
  }

  private requireFitting(roleName: string, divisionCode: string): void {
    const role = this.table.roles.get(roleName);
    if (!role) throw new Problem('post.unknown-role', { role: roleName, known: [...this.table.roles.keys()] });
    const division = checkDivision(divisionCode);
    if (!division.valid) throw new Problem('input.invalid', {}, [{ path: 'divisionCode', message: division.message }]);
    if (division.level !== role.level) throw new Problem('post.wrong-level', { role: roleName, level: role.level, divisionCode });
  }
}
