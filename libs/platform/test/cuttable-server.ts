import { connect, createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** A server seen through a cable that a test can cut and mend. */
export interface CuttableServer {
  /** The server's address, by way of the cable. */
  readonly url: string;
  cut(): void;
  mend(): void;
  close(): Promise<void>;
}

export async function cuttableServer(target: string): Promise<CuttableServer> {
  const address = new URL(target);
  const sockets = new Set<Socket>();
  let whole = true;
  const cable = createServer((near) => {
    if (!whole) return near.destroy();
    const far = connect(Number(address.port), address.hostname);
    for (const [one, other] of [[near, far], [far, near]] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy()).on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
    return undefined;
  });
  const cut = (): void => {
    whole = false;
    for (const socket of sockets) socket.destroy();
  };
  await new Promise<void>((resolve) => cable.listen(0, '127.0.0.1', resolve));
  const near = new URL(target);
  near.hostname = '127.0.0.1';
  near.port = String((cable.address() as AddressInfo).port);
  return {
    url: near.toString(),
    cut,
    mend: () => void (whole = true),
    close: () => {
      cut();
      return new Promise((resolve) => cable.close(() => resolve()));
    },
  };
}
