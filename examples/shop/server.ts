import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readSettings, type Settings } from './settings.ts';
import { createShop } from './shop.ts';

const host = '127.0.0.1';

function start(settings: Settings) {
  const server = createServer(createShop(settings));
  server.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE') stop(`Port ${settings.port} is taken. Set DEMO_PORT to another one.`);
    stop(`The shop can't listen on ${host}:${settings.port}: ${error.message}`);
  });
  server.listen(settings.port, host, () => {
    console.log(`Shop: http://${host}:${(server.address() as AddressInfo).port}/`);
  });
  const end = () => {
    server.close(() => process.exit(0));
    server.closeAllConnections();
  };
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
  process.once('disconnect', end);
}

function stop(reason: string): never {
  console.error(reason);
  process.exit(1);
}

try {
  start(readSettings(process.env));
} catch (error) {
  stop(error instanceof Error ? error.message : String(error));
}
