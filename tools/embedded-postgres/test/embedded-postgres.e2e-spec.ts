import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { freePort, localHost } from '../../free-port';
import { DatabaseStartError, type EmbeddedPostgres, type EmbeddedPostgresOptions, startEmbeddedPostgres } from '../embedded-postgres';
import { findProcess } from '../processes';
import { readPidFile, stopStaleServer } from '../stale-server';

const repository = resolve(__dirname, '../../..');

let folder: string;
let dataDir: string;
const running: EmbeddedPostgres[] = [];
const programs: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), `credit-village-test-${process.pid}-`));
  chmodSync(folder, 0o755);
  dataDir = join(folder, 'postgres');
});

afterEach(async () => {
  await Promise.all(running.splice(0).map((database) => database.stop()));
  await Promise.all(programs.splice(0).map(kill));
  await stopStaleServer(dataDir, `${dataDir}.owner`, () => undefined);
  rmSync(folder, { recursive: true, force: true });
});

async function start(options: Partial<EmbeddedPostgresOptions> = {}): Promise<EmbeddedPostgres> {
  const database = await startEmbeddedPostgres({ dataDir, durable: false, ...options });
  running.push(database);
  return database;
}

async function query<Row>(url: string, sql: string): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows as Row[];
  } finally {
    await client.end();
  }
}

/** Until it is killed, or this test is. */
const staysUp = "process.stdin.resume().on('end', () => process.exit())";

/** A program of its own that starts the database, says so, and then does what the rest of the script says. */
async function otherProgram(rest: string): Promise<ChildProcess> {
  execFileSync(process.execPath, [join(repository, 'tools/build.mjs')], { stdio: 'ignore' });
  const starter = join(repository, 'dist/tools/embedded-postgres/embedded-postgres.js');
  const script = `require(${JSON.stringify(starter)}).startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)}, durable: false }).then(() => { console.log('started'); ${rest} })`;
  const program = spawn(process.execPath, ['-e', script], { stdio: ['pipe', 'pipe', 'inherit'] });
  programs.push(program);
  if (program.stdout) await once(createInterface({ input: program.stdout }), 'line');
  return program;
}

async function kill(program: ChildProcess): Promise<void> {
  if (program.exitCode !== null || program.signalCode !== null) return;
  const ended = once(program, 'exit');
  program.kill('SIGKILL');
  await ended;
}

async function until(state: () => boolean): Promise<void> {
  for (let patience = 500; !state(); patience -= 1) {
    if (patience === 0) throw new Error('waited in vain');
    await delay(20);
  }
}

describe('the embedded database', () => {
  it('finds Chinese by trigrams, sorts by pinyin and lets two hundred connect', async () => {
    const { adminUrl } = await start();
    await query(adminUrl, 'CREATE EXTENSION pg_trgm');
    expect(await query(adminUrl, "SELECT show_trgm('大化坪镇') <> '{}' AS found")).toEqual([{ found: true }]);
    expect(await query(adminUrl, `SELECT name FROM (VALUES ('张'), ('王'), ('李')) AS t (name) ORDER BY name COLLATE "zh-x-icu"`)).toEqual([{ name: '李' }, { name: '王' }, { name: '张' }]);
    expect(await query(adminUrl, 'SHOW max_connections')).toEqual([{ max_connections: '200' }]);
  });

  it('lets nobody in without the password, which only its owner can read', async () => {
    const { adminUrl } = await start();
    await expect(query(adminUrl.replace(/:[^:@]+@/, ':wrong@'), 'SELECT 1')).rejects.toThrow('password authentication failed');
    expect(statSync(`${dataDir}.password`).mode & 0o777).toBe(0o600);
  });

  it('keeps its data and its password when it is stopped and started again', async () => {
    const first = await start({ durable: true });
    await query(first.adminUrl, 'CREATE TABLE village AS SELECT 1 AS id');
    await first.stop();
    const second = await start({ durable: true });
    expect(await query(second.adminUrl, 'SELECT id FROM village')).toEqual([{ id: 1 }]);
  });

  it('stops the server a killed program left behind, and keeps what that one had committed', async () => {
    const program = await otherProgram(staysUp);
    const left = readPidFile(dataDir)?.pid ?? 0;
    await kill(program);
    expect(findProcess(left)).toBeDefined();
    const said: string[] = [];
    const database = await start({ log: (line) => said.push(line) });
    expect(findProcess(left)).toBeUndefined();
    expect(said).toEqual([expect.stringContaining(`停止上次遗留的数据库进程 ${left}`)]);
    expect(await query(database.adminUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('refuses data that a living program uses, and leaves its server alone', async () => {
    const program = await otherProgram(staysUp);
    await expect(start()).rejects.toThrow(`另一个正在运行的程序（进程 ${program.pid}）`);
    expect(findProcess(readPidFile(dataDir)?.pid ?? 0)).toBeDefined();
    await kill(program);
    await start();
  });

  it('goes down with a program that ends without stopping it', async () => {
    const program = await otherProgram('process.exit(3)');
    if (program.exitCode === null) await once(program, 'exit');
    await until(() => !existsSync(join(dataDir, 'postmaster.pid')));
  });

  it('is not misled by the process number of a server that is long gone', async () => {
    await (await start()).stop();
    writeFileSync(join(dataDir, 'postmaster.pid'), `${process.pid}\n${dataDir}\n0\n5432\n\n127.0.0.1\n0 0\nready\n`);
    await start();
    expect(findProcess(process.pid)).toBeDefined();
  });

  it('begins anew after a first start that was cut off half-way', async () => {
    mkdirSync(`${dataDir}.new`);
    writeFileSync(join(`${dataDir}.new`, 'PG_VERSION'), '18');
    writeFileSync(`${dataDir}.password`, 'half');
    const { adminUrl } = await start();
    expect(await query(adminUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(existsSync(`${dataDir}.new`)).toBe(false);
  });

  describe('says in one sentence why it does not start, and leaves nothing behind:', () => {
    async function refusal(options: Partial<EmbeddedPostgresOptions> = {}): Promise<string> {
      const error: unknown = await start(options).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(DatabaseStartError);
      return (error as Error).message;
    }

    it('a busy port', async () => {
      const port = await freePort();
      const holder: Server = createServer().listen(port, localHost);
      await once(holder, 'listening');
      expect(await refusal({ port })).toBe(`端口 ${port} 已被占用：请换一个端口，或先停止占用它的程序。 / Port ${port} is in use: choose another one or stop the program that holds it.`);
      holder.close();
      expect(readdirSync(folder)).toEqual([]);
    });

    it('a folder that is a file', async () => {
      writeFileSync(join(folder, 'file'), '');
      expect(await refusal({ dataDir: join(folder, 'file', 'postgres') })).toContain('不是文件夹');
    });

    it('a folder with something else in it', async () => {
      mkdirSync(dataDir);
      writeFileSync(join(dataDir, 'letter.txt'), '');
      expect(await refusal()).toContain(`${dataDir} 不是 PostgreSQL 18 的数据`);
      expect(readdirSync(dataDir)).toEqual(['letter.txt']);
    });

    it('data whose password is lost', async () => {
      await (await start()).stop();
      rmSync(`${dataDir}.password`);
      expect(await refusal()).toContain(`缺少密码文件 ${dataDir}.password`);
    });

    it('data that is damaged', async () => {
      await (await start()).stop();
      rmSync(join(dataDir, 'global'), { recursive: true });
      expect(await refusal()).toMatch(/^数据库无法启动： \/ The database does not start: .*(FATAL|PANIC|could not)/);
      expect(readPidFile(dataDir)).toBeUndefined();
    });
  });

  if (process.getuid?.() === 0) {
    describe('in a home closed to the user of the server', () => {
      const shelters = new Set<string>();

      async function startInShelter(): Promise<{ database: EmbeddedPostgres; shelter: string }> {
        const said: string[] = [];
        const database = await start({ log: (line) => said.push(line) });
        const shelter = dirname(/(\/\S+)/.exec(said[0] ?? '')?.[1] ?? '');
        shelters.add(shelter);
        return { database, shelter };
      }

      beforeEach(() => chmodSync(folder, 0o700));
      afterAll(() => shelters.forEach((shelter) => rmSync(shelter, { recursive: true })));

      it('keeps the data in the temporary folder, and finds it again', async () => {
        const { database, shelter } = await startInShelter();
        await query(database.adminUrl, 'CREATE TABLE village AS SELECT 1 AS id');
        await database.stop();
        const again = await startInShelter();
        expect(again.shelter).toBe(shelter);
        expect(await query(again.database.adminUrl, 'SELECT id FROM village')).toEqual([{ id: 1 }]);
      });

      it('gives a new clone at the same path a database of its own', async () => {
        const { database, shelter } = await startInShelter();
        await database.stop();
        rmSync(folder, { recursive: true });
        mkdirSync(folder, { mode: 0o700 });
        expect((await startInShelter()).shelter).not.toBe(shelter);
      });
    });
  }
});
