import { createServer, connect, type Server } from 'node:net';
import { once } from 'node:events';
import type { Service } from '@credit/contracts';
import { storingServices } from '@credit/platform';
import { type ServiceProcess, startServiceProcess } from '@credit/testing';
import { Client } from 'pg';
import { freePort, localHost } from '../free-port';
import { definitions } from './definitions';
import { prepareSystem, type RunningSystem, type SystemOptions } from './system';

export interface ProcessOptions extends SystemOptions {
  /** Processes of each service, behind one address; 1 when nothing is said. */
  readonly replicas?: number;
}

/** 多进程系统 — every service in a process of its own, as a deployment has them. */
export interface RunningProcesses extends RunningSystem {
  readonly processes: readonly Readonly<ServiceProcess>[];
  /** Ends one replica by this signal and starts it again, as a supervisor would; resolves when it is ready. */
  restart(process: ServiceProcess, signal: NodeJS.Signals): Promise<void>;
}

const sealPatienceMs = 60_000;

/** Hands each new connection to the next replica that takes it. */
async function balance(address: string, ports: readonly number[]): Promise<Server> {
  let turn = 0;
  const server = createServer((client) => {
    const reach = (attempt: number): void => {
      const replica = connect({ host: localHost, port: ports[(turn += 1) % ports.length] ?? 0 });
      let reached = false;
      replica.once('connect', () => {
        reached = true;
        client.pipe(replica).pipe(client);
      });
      replica.once('error', () => (reached || attempt === ports.length ? client.destroy() : reach(attempt + 1)));
      client.once('close', () => replica.destroy());
    };
    client.on('error', () => client.destroy());
    reach(1);
  });
  server.listen(Number(new URL(address).port), localHost);
  await once(server, 'listening');
  return server;
}

export async function startProcesses(options: ProcessOptions): Promise<RunningProcesses> {
  const { environmentOf, ...prepared } = await prepareSystem(options);
  const replicas = options.replicas ?? 1;
  const processes: ServiceProcess[] = [];
  const balancers: Server[] = [];
  const environments = new Map<number, Record<string, string>>();

  const start = async (service: Service, environment: Record<string, string>): Promise<ServiceProcess> => {
    const started = await startServiceProcess(service, environment);
    environments.set(started.pid, environment);
    return started;
  };
  const close = async (): Promise<void> => {
    await Promise.all(processes.map((process) => process.end('SIGTERM')));
    for (const balancer of balancers) balancer.close();
  };
  try {
    for (const { service } of definitions) {
      const environment = environmentOf(service);
      const ports = replicas === 1 ? [Number(environment['PORT'])] : await Promise.all(Array.from({ length: replicas }, () => freePort()));
      if (replicas > 1) balancers.push(await balance(prepared.urls[service], ports));
      processes.push(...(await Promise.all(ports.map((port) => start(service, { ...environment, PORT: String(port) })))));
      options.log?.(`  ${service} 已启动 ${prepared.urls[service]}`);
    }
  } catch (error) {
    await close();
    throw error;
  }

  const restart = async (process: ServiceProcess, signal: NodeJS.Signals): Promise<void> => {
    const environment = environments.get(process.pid);
    if (!environment) throw new Error(`no such process ${process.pid}`);
    await process.end(signal);
    processes[processes.indexOf(process)] = await start(process.service, environment);
  };
  return { ...prepared, processes, restart, seal: () => untilSealed(options.adminUrl), close };
}

/** Each service seals every few seconds by itself: waits until everything written so far is. */
async function untilSealed(adminUrl: string): Promise<void> {
  const admin = new Client({ connectionString: adminUrl });
  await admin.connect();
  const deadline = performance.now() + sealPatienceMs;
  try {
    for (const service of storingServices) {
      while ((await admin.query(`SELECT 1 FROM "${service}".audit a WHERE NOT EXISTS (SELECT 1 FROM "${service}".audit_seal s WHERE s.audit_seq = a.seq) LIMIT 1`)).rowCount !== 0) {
        if (performance.now() > deadline) throw new Error(`${service} did not seal its audit trail`);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  } finally {
    await admin.end();
  }
}
