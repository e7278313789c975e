import type { RunningSystem } from '../system/system';
import { storingServices, verifyAudit } from '@credit/platform';
import type { Client } from 'pg';
import { until } from './publish';

/** Messages parked, service by service, once everything is sent; nothing when all is well. */
export async function parkedMessages(admin: Client): Promise<string[]> {
  const parked: string[] = [];
  for (const service of storingServices) {
    await until(async () => (await admin.query(`SELECT 1 FROM "${service}".outbox WHERE relayed_at IS NULL LIMIT 1`)).rowCount === 0, `${service} to have sent everything`);
    const { rows } = await admin.query<{ name: string; reason: string }>(`SELECT message->>'name' AS name, reason FROM "${service}".parked_message WHERE replayed_at IS NULL`);
    parked.push(...rows.map(({ name, reason }) => `${service}: ${name}: ${reason}`));
  }
  return parked;
}

/** What is wrong with the audit chains once they are sealed; nothing when all is well. */
export async function auditFindings(admin: Client, system: RunningSystem): Promise<unknown[]> {
  await system.seal();
  const found: unknown[] = [];
  for (const service of storingServices) found.push(...(await verifyAudit(admin, service, system.auditDir)).findings);
  return found;
}
