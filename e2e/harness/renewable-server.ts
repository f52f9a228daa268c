/**
 * The server, opened anew for each test in a process that has loaded it once: told the settings, it closes what is open,
 * opens that, and says so.
 */
import { readConfig } from '../../server/config.ts';
import { type Served, serve } from '../../server/serve.ts';

let served: Served | undefined;

async function renew(settings: NodeJS.ProcessEnv): Promise<void> {
  await served?.close();
  served = await serve(readConfig(settings));
  process.send?.('ready');
}

process.on('message', (settings: NodeJS.ProcessEnv) => void renew(settings).catch(fail));
process.once('disconnect', () => process.exit());

function fail(error: unknown): never {
  console.error(error);
  process.exit(1);
}
