import { existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId, roleUrl, startService } from '@credit/platform';
import { createEmptyDatabase } from '@credit/testing';
import { Client } from 'pg';
import { archives } from '../../../apps/archives/src/archives.service';
import { LoadedVillage } from '../../../apps/archives/test/village';
import { escrowKeys, openKeys, readPassphrase } from '../keys';
import { loadBackup } from '../load';
import { digestOf, manifestFile } from '../manifest';
import { takeBackup } from '../take';

const scan = 'a'.repeat(64);

describe('a backup and what is restored from it', () => {
  let county: LoadedVillage;
  let folder: string;
  let target: Awaited<ReturnType<typeof createEmptyDatabase>>;
  beforeEach(async () => {
    [county, target] = await Promise.all([LoadedVillage.open(), createEmptyDatabase()]);
    folder = mkdtempSync(join(tmpdir(), 'credit-backup-'));
  });
  afterEach(async () => {
    await county.service.close();
    await target.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  const take = () => takeBackup({ adminUrl: county.service.database.adminUrl, auditDir: county.service.auditDir, into: folder });
  const load = (from: string, auditDir = join(folder, 'heads')) => loadBackup({ adminUrl: target.adminUrl, roleSecret: target.roleSecret, from, auditDir });
  const tablesThere = async (): Promise<number> => {
    const client = new Client({ connectionString: target.adminUrl });
    await client.connect();
    const { rowCount } = await client.query(`SELECT 1 FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`);
    await client.end();
    return rowCount ?? 0;
  };
  /** The archives as they start on what was restored. */
  const open = (auditDir: string) =>
    startService(archives, { ...county.service.environment, DATABASE_URL: roleUrl(target.adminUrl, target.roleSecret, 'archives'), QUEUE_URL: roleUrl(target.adminUrl, target.roleSecret, 'archives'), AUDIT_EXPORT_DIR: auditDir, PORT: '0' });
  const ask = async <T>(url: string, query: string, variables: object, token: string): Promise<T> => {
    const answer = await fetch(`${url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` }, body: JSON.stringify({ query, variables }) });
    const { data, errors } = (await answer.json()) as { data: T | null; errors?: unknown };
    if (!data) throw new Error(JSON.stringify(errors));
    return data;
  };
  const household = 'query ($ids: [ID!]!) { householdsByIds(ids: $ids) { id members { maskedName } } }';
  interface Households {
    householdsByIds: ({ id: string; members: { maskedName: string }[] } | null)[];
  }

  it('shows one moment while writing goes on, has the same digest when restored, and the service works on it', async () => {
    const [zhang] = await county.households();
    let writing = true;
    const busy = (async () => {
      for (let order = 1; writing; order += 1) await county.service.hear('post.changed', { postId: newId(), accountId: newId(), role: 'village-clerk', divisionCode: '341525109204', organisation: null, fromOn: '2020-01-01', toOn: null, version: order });
    })();
    const first = await take();
    writing = false;
    await busy;
    await load(first.folder);
    const again = await takeBackup({ adminUrl: target.adminUrl, auditDir: join(folder, 'heads'), into: join(folder, 'again') });
    expect(digestOf(again.manifest)).toBe(digestOf(first.manifest));
    expect(first.manifest.tables.find(({ schema, name }) => schema === 'archives' && name === 'member')?.rows).toBe(4);

    const restored = await open(join(folder, 'heads'));
    try {
      const { householdsByIds } = await ask<Households>(restored.url, household, { ids: [zhang?.id] }, county.clerk.token);
      expect(householdsByIds[0]?.members.map(({ maskedName }) => maskedName)).toEqual(expect.arrayContaining([expect.stringMatching(/^张/)]));
      const { requestErasure } = await ask<{ requestErasure: { answerDueOn: string } }>(restored.url, 'mutation ($input: RequestErasureArgs!) { requestErasure(input: $input) { answerDueOn } }', { input: { requestId: newId(), householdId: zhang?.id, scanSha256: scan } }, county.clerk.token);
      expect(requestErasure.answerDueOn).toMatch(/^\d{4}-/);
    } finally {
      await restored.close();
    }
  });

  it('does not bring back who was erased after it was taken', async () => {
    const [zhang, wang] = await county.households();
    const { folder: from } = await take();
    const { erasureId } = await county.act<{ erasureId: string }>(county.clerk, 'requestErasure', 'RequestErasureArgs', { householdId: zhang?.id, scanSha256: scan }, 'erasureId');
    await county.act(county.officer, 'decideErasure', 'DecideErasureArgs', { erasureId, ground: 'consent-revoked' }, 'outcome');
    const register = join(county.service.auditDir, 'archives.erasures');
    await county.service.until(() => Promise.resolve(existsSync(register) && readFileSync(register, 'utf8').endsWith('\n')), 'the register');
    expect(readFileSync(register, 'utf8')).not.toMatch(/张|999999/);

    const kept = mkdtempSync(join(folder, 'kept-'));
    // A line that a crash cut short is no line.
    writeFileSync(join(kept, 'archives.erasures'), `${readFileSync(register, 'utf8')}{"erasureId":"01a2`);
    expect((await load(from, kept)).erasedAgain).toBe(4);

    const restored = await open(kept);
    try {
      const { households } = await ask<{ households: { rows: { id: string }[] } }>(restored.url, 'query { households(under: "341525109204") { rows { id } } }', {}, county.clerk.token);
      expect(households.rows).toEqual([{ id: wang?.id }]);
      const client = new Client({ connectionString: target.adminUrl });
      await client.connect();
      const { rows } = await client.query(`SELECT 1 FROM archives.member WHERE household_id = $1 AND length(name) > 0 UNION ALL SELECT 1 FROM archives.personal_key WHERE subject_id = $1 AND length(wrapped) > 0`, [zhang?.id]);
      const marks = await client.query('SELECT 1 FROM archives.erased_mark WHERE erasure_id = $1', [erasureId]);
      await client.end();
      expect([rows.length, marks.rowCount]).toEqual([0, 4]);
    } finally {
      await restored.close();
    }
  });

  it('is refused when a file is cut or altered, when it is newer than the program, or when something is there already; nothing is left half-done', async () => {
    const { folder: from, manifest } = await take();
    const member = join(from, 'archives.member.gz');
    const whole = readFileSync(member);
    truncateSync(member, whole.length - 20);
    await expect(load(from)).rejects.toThrow('archives.member.gz 缺失或损坏');
    writeFileSync(member, readFileSync(join(from, 'archives.subject.gz')));
    await expect(load(from)).rejects.toThrow('archives.member.gz 的内容与清单不符');
    writeFileSync(member, whole);

    writeFileSync(join(from, manifestFile), JSON.stringify({ ...manifest, migrations: { ...manifest.migrations, archives: [...(manifest.migrations['archives'] ?? []), '9999_tomorrow'] } }));
    await expect(load(from)).rejects.toThrow('备份来自更新的版本（archives/9999_tomorrow）');
    for (const [tables, refusal] of [[manifest.tables.slice(1), '备份清单中的表与它的版本不符'], [[{ ...manifest.tables[0], name: 'x" --' }], '备份清单无法识别']] as const) {
      writeFileSync(join(from, manifestFile), JSON.stringify({ ...manifest, tables }));
      await expect(load(from)).rejects.toThrow(refusal);
    }
    writeFileSync(join(from, manifestFile), JSON.stringify({ ...manifest, heads: { ...manifest.heads, archives: `1 ${'0'.repeat(64)}\n` } }));
    await expect(load(from)).rejects.toThrow('archives 的审计链不完整');
    expect(await tablesThere()).toBe(0);

    writeFileSync(join(from, manifestFile), JSON.stringify(manifest));
    await load(from);
    await expect(load(from)).rejects.toThrow('目标数据库不是空的');
  });

  it('holds no keys: they are escrowed apart under a passphrase', () => {
    const [words, file] = [join(folder, 'words'), join(folder, 'keys')];
    writeFileSync(words, 'short\n');
    expect(() => readPassphrase(words)).toThrow('口令不足');
    writeFileSync(words, '霍山县信用村密钥托管口令一号\n');
    escrowKeys('{"dataKeys":"k1:abc"}', readPassphrase(words), file);
    expect(readFileSync(file, 'utf8')).not.toContain('abc');
    expect(openKeys(file, readPassphrase(words))).toBe('{"dataKeys":"k1:abc"}');
    expect(() => openKeys(file, '霍山县信用村密钥托管口令二号')).toThrow('口令不对');
    expect(() => openKeys(words, 'x')).toThrow('不是密钥托管文件');
  });
});
