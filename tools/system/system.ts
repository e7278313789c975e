import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Service, services } from '@credit/contracts';
import { migrate, roleUrl, type RunningService, Sealer, type ServiceDefinition, startService, storingServices } from '@credit/platform';
import { type DeploymentSecrets, makeSecrets } from '@credit/testing';
import { definitions } from './definitions';
import { freePort } from '../free-port';

export interface SystemOptions {
  /** Address of the database with the migration role. */
  readonly adminUrl: string;
  /** Where keys, audit heads and the administrators' first passwords are kept. */
  readonly dataDir: string;
  /** The secret the roles' passwords are made from, where the database was prepared already; otherwise this installation's own. */
  readonly roleSecret?: string;
  /** The gateway's port; the other services take the ports after it. 0 takes free ports. */
  readonly port: number;
  readonly sandbox: boolean;
  /** `redis://…`; by default the queues are on the database. */
  readonly queueUrl?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly log?: (line: string) => void;
}

export interface RunningSystem {
  readonly urls: Readonly<Record<Service, string>>;
  readonly issuer: string;
  /** Holds the first passwords of the three administrators until they are read. */
  readonly bootstrapFile: string;
  readonly auditDir: string;
  /** Seals what the audit trails hold so far, as happens every few seconds. */
  seal(): Promise<void>;
  close(): Promise<void>;
}

export class PortBusyError extends Error {
  constructor(readonly port: number) {
    super(`端口 ${port} 已被占用，请换一个端口：npm start -- --port <端口> / port ${port} is in use`);
  }
}

async function wantedPort(wanted: number): Promise<number> {
  return freePort(wanted).catch(() => {
    throw new PortBusyError(wanted);
  });
}

/** All ports are tried before anything starts, so that a busy one leaves nothing behind. */
export async function choosePorts(first: number): Promise<Record<Service, number>> {
  const order: Service[] = ['gateway', ...services.filter((service) => service !== 'gateway')];
  const ports: [Service, number][] = [];
  for (const [index, service] of order.entries()) ports.push([service, await wantedPort(first === 0 ? 0 : first + index)]);
  return Object.fromEntries(ports) as Record<Service, number>;
}

/** The keys of this installation, made at the first start and kept: without them its personal data cannot be read again. */
async function keptSecrets(dataDir: string): Promise<DeploymentSecrets> {
  const file = join(dataDir, 'secrets.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as DeploymentSecrets;
  const made = await makeSecrets();
  writeFileSync(file, JSON.stringify(made), { mode: 0o600 });
  return made;
}

/** 安装就绪 — the database migrated, ports and keys chosen: what every service is to be told, however it is started. */
export interface PreparedSystem {
  readonly urls: Readonly<Record<Service, string>>;
  readonly issuer: string;
  readonly bootstrapFile: string;
  readonly auditDir: string;
  readonly environmentOf: (service: Service) => Record<string, string>;
}

export async function prepareSystem(options: SystemOptions): Promise<PreparedSystem> {
  const ports = await choosePorts(options.port);
  const secrets = await keptSecrets(options.dataDir);
  const roleSecret = options.roleSecret ?? secrets.rolePassword;
  await migrate(options.adminUrl, roleSecret, (line) => options.log?.(`  migration ${line}`));

  const urls = Object.fromEntries(services.map((service) => [service, `http://127.0.0.1:${ports[service]}`])) as Record<Service, string>;
  const issuer = `${urls.identity}/oidc`;
  const auditDir = join(options.dataDir, 'audit-heads');
  const bootstrapFile = join(options.dataDir, 'administrators.json');
  const settings: Partial<Record<Service, Record<string, unknown>>> = {
    identity: { bootstrapFile, redirectUris: [`${urls.gateway}/sign-in/callback`] },
    gateway: { publicUrl: urls.gateway },
    publicity: { publicUrl: urls.publicity },
  };
  const environmentOf = (service: Service): Record<string, string> => {
    const database = storingServices.find((name) => name === service);
    const url = database && roleUrl(options.adminUrl, roleSecret, database);
    return {
      PORT: String(ports[service]),
      ...(url ? { DATABASE_URL: url, QUEUE_URL: options.queueUrl ?? url } : {}),
      PEERS: JSON.stringify(urls),
      OIDC_ISSUER: issuer,
      SERVICE_KEY: JSON.stringify(secrets.serviceKeys[service]),
      SERVICE_PUBLIC_KEYS: JSON.stringify(secrets.servicePublicKeys),
      DATA_KEYS: secrets.dataKeys,
      HASH_KEY: secrets.hashKey,
      SANDBOX: String(options.sandbox),
      AUDIT_EXPORT_DIR: auditDir,
      LOG_LEVEL: 'warn',
      SETTINGS: JSON.stringify(settings[service] ?? {}),
      ...options.environment,
    };
  };
  return { urls, issuer, bootstrapFile, auditDir, environmentOf };
}

/**
 * 整套系统 — migrates the database and runs every service in this one process. Services still talk only over their queues
 * and doors, exactly as they do in processes of their own.
 */
export async function startSystem(options: SystemOptions): Promise<RunningSystem> {
  const { environmentOf, ...prepared } = await prepareSystem(options);
  const running: RunningService[] = [];
  const close = async (): Promise<void> => {
    for (const service of running.toReversed()) await service.close();
  };
  try {
    for (const definition of definitions satisfies readonly ServiceDefinition[]) {
      running.push(await startService(definition, environmentOf(definition.service)));
      options.log?.(`  ${definition.service} 已启动 ${prepared.urls[definition.service]}`);
    }
  } catch (error) {
    await close();
    throw error;
  }
  const seal = async (): Promise<void> => {
    for (const service of running) if (service.service !== 'gateway') await service.app.get(Sealer, { strict: false }).seal();
  };
  return { ...prepared, seal, close };
}
