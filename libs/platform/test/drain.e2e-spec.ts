import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EventData, type EventName, type Message, services } from '@credit/contracts';
import { MessageQueue, newId, repositoryRoot } from '@credit/platform';
import { createTestDatabase, freePort, makeSecrets, startTestIssuer, startTestPeer } from '@credit/testing';
import { Client } from 'pg';

const county = '341525000000';

async function until(state: () => Promise<boolean>, what: string): Promise<void> {
  const deadline = performance.now() + 20_000;
  while (!(await state())) {
    if (performance.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function message<N extends EventName>(name: N, data: EventData<N>): Message<N> {
  return { id: newId(), name, version: 1, at: new Date().toISOString(), actorId: null, causeId: null, data };
}

describe('a service that is told to stop', () => {
  it('takes nothing more, finishes the request and the message it is at, hands over what they left, and ends well', async () => {
    const [database, issuer, peer, secrets, port] = await Promise.all([createTestDatabase(), startTestIssuer(), startTestPeer(), makeSecrets(), freePort()]);
    const auditDir = mkdtempSync(join(tmpdir(), 'credit-audit-'));
    const queue = new MessageQueue(database.urlFor('appeals'), 'test', () => undefined);
    const [admin, holdsRequest, holdsMessage] = [0, 1, 2].map(() => new Client({ connectionString: database.adminUrl })) as [Client, Client, Client];
    await Promise.all([admin.connect(), holdsRequest.connect(), holdsMessage.connect()]);
    const url = `http://127.0.0.1:${port}`;
    let child: ChildProcess | undefined;
    try {
      child = spawn(process.execPath, ['-r', join(repositoryRoot(), 'tools/register.cjs'), join(__dirname, 'sample-process.ts')], {
        stdio: ['ignore', 'ignore', 'inherit'],
        env: {
          PATH: process.env['PATH'],
          PORT: String(port),
          DATABASE_URL: database.urlFor('appeals'),
          QUEUE_URL: database.urlFor('appeals'),
          PEERS: JSON.stringify(Object.fromEntries(services.map((name) => [name, peer.url]))),
          OIDC_ISSUER: issuer.issuer,
          SERVICE_KEY: JSON.stringify(secrets.serviceKeys.appeals),
          SERVICE_PUBLIC_KEYS: JSON.stringify(secrets.servicePublicKeys),
          DATA_KEYS: secrets.dataKeys,
          HASH_KEY: secrets.hashKey,
          AUDIT_EXPORT_DIR: auditDir,
          LOG_LEVEL: 'silent',
        },
      });
      const exited = once(child, 'exit');
      await until(async () => (await fetch(`${url}/readyz`).catch(() => null))?.ok ?? false, 'the service to be ready');
      const accountId = newId();
      await queue.publish('appeals', [message('post.changed', { postId: newId(), accountId, role: 'system-admin', divisionCode: county, organisation: null, fromOn: '2020-01-01', toOn: null, version: 1 })], 1);
      await until(async () => (await admin.query('SELECT 1 FROM appeals.post WHERE account_id = $1', [accountId])).rowCount === 1, 'the post to be heard of');

      const job = message('publication.posted', { publicationId: newId(), kind: 'publication.result', owner: 'civility', key: newId(), divisionCode: county, version: 1, postedOn: '2030-01-01', lastDay: '2030-01-08' });
      // The request has to wait for whoever holds the receipts, the message for whoever seems to be noting it.
      for (const holder of [holdsRequest, holdsMessage]) await holder.query('BEGIN');
      await holdsRequest.query('LOCK TABLE appeals.idempotency IN SHARE ROW EXCLUSIVE MODE');
      await holdsMessage.query('INSERT INTO appeals.inbox (message_id, handler) VALUES ($1, $2)', [job.id, job.name]);
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${await issuer.token({ sub: accountId, kind: 'account' })}` };
      const body = JSON.stringify({ query: `mutation { note(requestId: "${newId()}", divisionCode: "${county}", text: "x") }` });
      const request = fetch(`${url}/graphql`, { method: 'POST', headers, body });
      await queue.publish('appeals', [job], 1);
      const waiting = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'credit-appeals-deciding' AND wait_event_type = 'Lock'";
      const underWay = async (): Promise<number> => (await admin.query(waiting)).rowCount ?? 0;
      await until(async () => (await underWay()) === 2, 'the request and the message to be under way');

      child.kill('SIGTERM');
      await until(async () => fetch(`${url}/healthz`).then(() => false, () => true), 'the service to take no more requests');
      expect(child.exitCode).toBeNull();
      await holdsRequest.query('COMMIT');
      const { data } = (await (await request).json()) as { data: { note: string } };
      expect([child.exitCode, await underWay()]).toEqual([null, 1]);
      await holdsMessage.query('ROLLBACK');
      expect(await exited).toEqual([0, null]);
      const { rows } = await admin.query<{ action: string; subject: string }>('SELECT action, subject FROM appeals.audit ORDER BY action');
      expect(rows).toEqual([{ action: 'heard.posted', subject: job.data.publicationId }, { action: 'note.taken', subject: data.note }]);
      expect((await admin.query('SELECT 1 FROM appeals.outbox WHERE relayed_at IS NULL')).rowCount).toBe(0);
      expect((await admin.query('SELECT name, state FROM bullmq.job ORDER BY name')).rows).toEqual([
        { name: 'deadline.set', state: 'waiting' },
        { name: 'post.changed', state: 'completed' },
        { name: 'publication.posted', state: 'completed' },
      ]);
      expect((await admin.query('SELECT 1 FROM appeals.audit_seal')).rowCount).toBe(2);
    } finally {
      child?.kill('SIGKILL');
      await queue.close();
      await Promise.all([admin.end(), holdsRequest.end(), holdsMessage.end(), issuer.close(), peer.close()]);
      await database.drop();
      rmSync(auditDir, { recursive: true, force: true });
    }
  }, 60_000);
});
