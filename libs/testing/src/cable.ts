import { connect, createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** 一段网线 — a server seen through a cable that a test can cut, silence and mend. */
export interface Cable {
  /** The server's address, by way of the cable. */
  readonly url: string;
  /** Connections break, and no new one comes about. */
  cut(): void;
  /** Half open: the server's side ends, the client's is never told; new connections are taken and never answered. */
  silence(): void;
  /** New connections pass again; those that were silenced stay silent. */
  mend(): void;
  close(): Promise<void>;
}

export async function layCable(target: string): Promise<Cable> {
  const address = new URL(target);
  const near = new Set<Socket>();
  const far = new Set<Socket>();
  let state: 'whole' | 'cut' | 'silent' = 'whole';
  const keep = (sockets: Set<Socket>, socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
  };
  const cable = createServer((client) => {
    keep(near, client);
    if (state === 'cut') client.destroy();
    if (state !== 'whole') return;
    const server = connect(Number(address.port), address.hostname);
    keep(far, server);
    client.pipe(server).pipe(client);
    client.on('close', () => server.destroy());
    server.on('close', () => {
      if (state !== 'silent') client.destroy();
    });
  });
  await new Promise<void>((resolve) => cable.listen(0, '127.0.0.1', resolve));
  const seen = new URL(target);
  seen.hostname = '127.0.0.1';
  seen.port = String((cable.address() as AddressInfo).port);
  const cut = (): void => {
    state = 'cut';
    for (const socket of [...near, ...far]) socket.destroy();
  };
  return {
    url: seen.toString(),
    cut,
    silence: () => {
      state = 'silent';
      for (const socket of near) socket.unpipe();
      for (const socket of far) {
        socket.unpipe();
        socket.destroy();
      }
    },
    mend: () => void (state = 'whole'),
    close: () => {
      cut();
      return new Promise((resolve) => cable.close(() => resolve()));
    },
  };
}
