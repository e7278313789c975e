import { Problem } from '@credit/contracts';
import { AccessTable, type Actor, type PersonalSeal, type Tx, Vault } from '@credit/platform';
import { isWithin } from '@credit/policy';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { TieStore } from '../bodies/tie.store';
import { type Improvement, ImprovementStore } from './improvement.store';

export const measuresShape = z.array(z.string().trim().min(4, '请逐条写明整改提升措施').max(500, '每条措施请控制在 500 字以内')).min(1, '请至少写明一条整改提升措施').max(20, '措施请控制在 20 条以内');
export const reasonShape = z.string().trim().min(4, '请写明理由').max(1000, '理由请控制在 1000 字以内');

interface OpenPlan {
  readonly improvements: ImprovementStore;
  readonly improvement: Improvement;
  readonly seal: PersonalSeal;
}

/** 整改提升 — who may handle and who may help a household; the same for whatever is done to a plan. 三(三) */
@Injectable()
export class ImprovementDesk {
  constructor(
    private readonly vault: Vault,
    private readonly access: AccessTable,
  ) {}

  /** The plan, locked, for one who may do this in its village and need not withdraw from its household. */
  async take(tx: Tx, actor: Actor, action: string, improvementId: string): Promise<OpenPlan> {
    const improvements = new ImprovementStore(tx);
    const improvement = await improvements.lock(improvementId);
    actor.require(action, improvement.villageCode);
    await this.requireFree(tx, actor.accountId, improvement.householdId);
    return { improvements, improvement, seal: await this.vault.sealFor(tx, improvement.householdId) };
  }

  async requireFree(tx: Tx, accountId: string | null, householdId: string): Promise<void> {
    if ((await new TieStore(tx).hiddenFrom(accountId)).includes(householdId)) throw new Problem('recusal.required', { householdIds: [householdId] });
  }

  /** 帮扶人 — holds a post of a cadre or a grid collector (party members too) that touches the village, and need not withdraw. */
  async requireHelper(tx: Tx, accountId: string, villageCode: string, householdId: string): Promise<void> {
    const posts = await new ImprovementStore(tx).postsOf(accountId);
    const able = posts.some(({ role, divisionCode }) => this.access.grants(role, 'improvement.help') && (isWithin(divisionCode, villageCode) || isWithin(villageCode, divisionCode)));
    if (!able) throw new Problem('improvement.helper', {}, [{ path: 'helperAccountId', message: '帮扶人今日在本村没有村干部、镇经办人或网格信息采集员的任职，请改选' }]);
    const hidden = await new TieStore(tx).hiddenFrom(accountId);
    if (hidden.includes(householdId)) throw new Problem('improvement.helper', {}, [{ path: 'helperAccountId', message: '帮扶人须对这一户回避，请改选' }]);
  }
}

/** Whoever looked at an older version decides on nothing. */
export function requirePresent({ id, version }: Improvement, seenVersion: number): void {
  if (version !== seenVersion) throw new Problem('conflict.changed', { improvementId: id, version });
}
