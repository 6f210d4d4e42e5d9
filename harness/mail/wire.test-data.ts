import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** What stands between a mailbox and its server, and can fall. */
export type Wire = {
  port: number;
  /** Breaks every connection; new ones go through. */
  cut(): void;
  close(): void;
};

/** Lays a wire on loopback to a server's port. */
export async function openWire(serverPort: number): Promise<Wire> {
  const sockets = new Set<Socket>();
  const wire = createServer((client) => {
    const server = connect({ host: '127.0.0.1', port: serverPort });
    client.pipe(server);
    server.pipe(client);
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.on('error', () => {});
    }
    client.once('close', () => server.destroy());
    server.once('close', () => client.destroy());
  }).listen(0, '127.0.0.1');
  await once(wire, 'listening');
  const cut = () => {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
  };
  return {
    port: (wire.address() as AddressInfo).port,
    cut,
    close: () => {
      wire.close();
      cut();
    },
  };
}
