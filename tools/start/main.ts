import 'reflect-metadata';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError, repositoryRoot } from '@credit/platform';
import { DatabaseStartError, startEmbeddedPostgres } from '../embedded-postgres/embedded-postgres';
import { liveOneCycle } from '../journey/journey';
import { Story } from '../journey/story';
import { choosePorts, PortBusyError, type RunningSystem, startSystem } from '../system/system';
import { readOptions, UsageError } from './options';
import { welcome } from './welcome';

const dataDir = process.env['DATA_DIR'] ?? join(repositoryRoot(), '.data');
const demoFile = join(dataDir, 'demo.json');
const say = (line: string): void => console.log(line);

interface DemoState {
  readonly state: 'living' | 'lived';
  readonly password?: string;
  readonly signInNames?: readonly (readonly [string, string])[];
}

function readDemo(): DemoState | null {
  return existsSync(demoFile) ? (JSON.parse(readFileSync(demoFile, 'utf8')) as DemoState) : null;
}

/** On an empty database one cycle of the programme is lived through the public doors; later starts keep what is there. */
async function demo(system: RunningSystem, empty: boolean, households: number, firstStart: boolean): Promise<DemoState | null> {
  const before = readDemo();
  if (before?.state === 'living') throw new UsageError(`上一次演示没有走完，数据不完整：请删除 ${dataDir} 后重新启动 / the last demo was cut off: delete that folder and start again`);
  if (before || empty || !firstStart) return before;
  writeFileSync(demoFile, JSON.stringify({ state: 'living' } satisfies DemoState));
  const story = new Story(say);
  const lived = await liveOneCycle({ system, households, story });
  const after: DemoState = { state: 'lived', password: lived.password, signInNames: lived.signInNames };
  writeFileSync(demoFile, JSON.stringify(after, null, 2), { mode: 0o600 });
  return after;
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  mkdirSync(dataDir, { recursive: true });
  await choosePorts(options.port);
  say('■ 启动内置数据库 / starting the embedded database');
  const postgres = await startEmbeddedPostgres({ dataDir: join(dataDir, 'postgres'), log: (line) => say(`  ${line}`) });
  let system: RunningSystem | undefined;
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    stopping ??= (async () => {
      await system?.close();
      await postgres.stop();
    })();
    return stopping;
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      say('\n正在停止…… / stopping');
      stop().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
  try {
    say('■ 启动各服务 / starting the services');
    const firstStart = !existsSync(join(dataDir, 'secrets.json'));
    system = await startSystem({ adminUrl: postgres.adminUrl, dataDir, port: options.port, sandbox: true, log: say });
    writeFileSync(join(dataDir, 'system.json'), JSON.stringify({ adminUrl: postgres.adminUrl }), { mode: 0o600 });
    const state = await demo(system, options.empty, options.households, firstStart);
    welcome(system, state, say);
  } catch (error) {
    await stop().catch(() => undefined);
    throw error;
  }
}

main().catch((error: unknown) => {
  const plain = error instanceof UsageError || error instanceof PortBusyError || error instanceof DatabaseStartError || error instanceof ConfigError;
  console.error(plain ? error.message : error);
  process.exit(1);
});
