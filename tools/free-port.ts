import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';

export const localHost = '127.0.0.1';

/** Below the ports that systems hand to outgoing connections: one chosen here is still free when a server asks for it a little later. */
const [lowest, beyond] = [15_000, 32_000];
const attempts = 100;

async function tryPort(port: number): Promise<number> {
  const server = createServer().listen({ host: localHost, port, exclusive: true });
  await once(server, 'listening');
  const { port: taken } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return taken;
}

/** A port of this machine that nobody listens on: the wanted one, or any. Rejects (EADDRINUSE) when the wanted one is taken. */
export async function freePort(wanted = 0): Promise<number> {
  if (wanted !== 0) return tryPort(wanted);
  for (let attempt = 1; attempt < attempts; attempt += 1) {
    const port = await tryPort(randomInt(lowest, beyond)).catch(() => undefined);
    if (port !== undefined) return port;
  }
  return tryPort(0);
}
