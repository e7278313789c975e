import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repositoryRoot, storingServices } from '@credit/platform';
import { createTestDatabase, type TestDatabase } from '@credit/testing';
import { Client } from 'pg';
import { generatedDocuments } from '../documents/documents';
import { type RunningSystem, startSystem } from '../system/system';
import { auditFindings, parkedMessages } from './aftermath';
import { liveOneCycle } from './journey';
import { Story } from './story';

describe('one whole cycle of the programme, through the public doors', () => {
  let database: TestDatabase;
  let system: RunningSystem | undefined;
  let admin: Client;
  const lines: string[] = [];

  const running = (): RunningSystem => {
    if (!system) throw new Error('the system did not start');
    return system;
  };

  beforeAll(async () => {
    database = await createTestDatabase();
    admin = new Client({ connectionString: database.adminUrl });
    await admin.connect();
    system = await startSystem({
      adminUrl: database.adminUrl,
      roleSecret: database.roleSecret,
      dataDir: mkdtempSync(join(tmpdir(), 'credit-journey-')),
      port: 0,
      sandbox: true,
      environment: { LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'silent', REPAIR_EVERY_SECONDS: '1' },
    });
  }, 60_000);
  afterAll(async () => {
    await system?.close();
    await admin.end();
    await database.drop();
  }, 60_000);

  /** Keeps emptying the queues, as an accident that does not end would; how many messages were lost is counted. */
  const emptying = (): (() => Promise<number>) => {
    let lost = 0;
    let going = true;
    const round = async (): Promise<void> => {
      while (going) {
        const { rowCount } = await admin.query("DELETE FROM bullmq.job WHERE state = 'waiting'");
        lost += rowCount ?? 0;
      }
    };
    const done = round();
    return async () => {
      going = false;
      await done;
      return lost;
    };
  };

  it('is lived from the first workbook to the day after the last certificate’s last day', async () => {
    await liveOneCycle({
      system: running(),
      households: 40,
      story: new Story((line) => lines.push(line)),
      // The queues are emptied again and again while objections run: what was on its way comes back from the senders' outboxes.
      midway: () => emptying(),
      // Every timer is deleted before the year passes: certificates expire by computation alone.
      beforeExpiry: async () => {
        await admin.query('DELETE FROM publicity.deadline');
      },
    });
    expect(lines.join('\n')).toContain('已到期');
    expect(lines.join('\n')).toMatch(/丢失的消息 [1-9]\d* 条/);
  }, 240_000);

  it('leaves no message parked and none unsent', async () => {
    expect(await parkedMessages(admin)).toEqual([]);
  });

  it('leaves an audit chain of every service that verifies', async () => {
    expect(await auditFindings(admin, running())).toEqual([]);
  });

  it('matches the generated documents in docs/', async () => {
    for (const [path, text] of await generatedDocuments(running())) expect(text).toBe(readFileSync(join(repositoryRoot(), path), 'utf8'));
  });

  it('keeps names, ID numbers, phones and incomes out of every message and audit line', async () => {
    for (const service of storingServices) {
      const { rows } = await admin.query<{ text: string }>(`SELECT message::text AS text FROM "${service}".outbox UNION ALL SELECT facts::text FROM "${service}".audit`);
      const text = rows.map((row) => row.text).join('\n');
      expect(text).not.toMatch(/999999\d{11}[\dX]/);
      expect(text).not.toMatch(/\b154\d{8}\b/);
      expect(text).not.toMatch(/netIncomePerHead|annualIncome/);
    }
  });
});
