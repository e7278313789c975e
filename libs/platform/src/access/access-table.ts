import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const roleShape = z.strictObject({ zh: z.string(), level: z.enum(['county', 'town', 'village', 'group']), source: z.string() });
const actionShape = z.strictObject({
  zh: z.string(),
  /** Roles held by post; `villager`, `client` and `anonymous` stand for those kinds of caller. */
  roles: z.array(z.string()).min(1),
  source: z.string(),
});
const fileShape = z.strictObject({ roles: z.record(z.string(), roleShape).optional(), actions: z.record(z.string(), actionShape).optional() });

const callerKinds = ['villager', 'client', 'anonymous'];

/** 权限表 — role × action from `rules/access/`; divisions come from the posts held. What is not written here is refused. */
export class AccessTable {
  private constructor(
    readonly roles: ReadonlyMap<string, z.output<typeof roleShape>>,
    readonly actions: ReadonlyMap<string, z.output<typeof actionShape>>,
  ) {}

  /** Reads every file of the folder; all faults in one error. */
  static load(folder: string): AccessTable {
    const roles = new Map<string, z.output<typeof roleShape>>();
    const actions = new Map<string, z.output<typeof actionShape>>();
    const faults: string[] = [];
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.yaml')).toSorted()) {
      const parsed = fileShape.safeParse(parse(readFileSync(join(folder, file), 'utf8')));
      if (!parsed.success) {
        faults.push(...parsed.error.issues.map((issue) => `${file} ${issue.path.join('.')}: ${issue.message}`));
        continue;
      }
      for (const [role, row] of Object.entries(parsed.data.roles ?? {})) roles.set(role, row);
      for (const [action, row] of Object.entries(parsed.data.actions ?? {})) {
        if (actions.has(action)) faults.push(`${file} ${action}: 重复定义，请只保留一处`);
        actions.set(action, row);
      }
    }
    for (const [action, row] of actions) {
      for (const role of row.roles) if (!roles.has(role) && !callerKinds.includes(role)) faults.push(`${action}: 角色 ${role} 未定义，请先在 roles.yaml 中登记`);
    }
    if (faults.length > 0) throw new Error(`rules/access:\n${faults.join('\n')}`);
    return new AccessTable(roles, actions);
  }

  /** A caller kind such as `villager` counts as a role. */
  grants = (role: string, action: string): boolean => this.actions.get(action)?.roles.includes(role) ?? false;

  knows(action: string): boolean {
    return this.actions.has(action);
  }
}
