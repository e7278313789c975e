import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';

export const localHost = '127.0.0.1';

/** A port of this machine that nobody listens on: the wanted one, or any. Rejects (EADDRINUSE) when the wanted one is taken. */
export async function freePort(wanted = 0): Promise<number> {
  const server = createServer().listen({ host: localHost, port: wanted, exclusive: true });
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
