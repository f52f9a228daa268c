/** The process: reads the settings, has the server opened, and closes it again when it is told to stop. */
import { once } from 'node:events';
import { flushCompileCache } from 'node:module';
import { createServer } from 'node:net';
import { type Config, readConfig } from './config.ts';
import type { Served } from './serve.ts';

/** Longer than anything that a stop waits for; whatever still hangs then is ended. */
const stopWithinMs = 25_000;

async function main(): Promise<void> {
  const config = readConfig();
  // Before anything is made: log-ins that are shown only once must not be lost to a port that is taken.
  await mustBeFree(config);
  // Not loaded before: whoever mistyped a setting is told at once.
  const { serve } = await import('./serve.ts');
  const served = await serve(config);
  stopOn(['SIGTERM', 'SIGINT'], served.close);
  announce(config.publicUrl ?? served.address, served);
  process.send?.('ready');
  // For the next start, should this process be killed. Where NODE_COMPILE_CACHE names no folder it does nothing.
  flushCompileCache();
}

async function mustBeFree({ port, host }: Config): Promise<void> {
  const server = createServer().listen(port, host);
  await once(server, 'listening');
  server.close();
  await once(server, 'close');
}

function announce(address: string, { logIns, firstRunCode }: Served): void {
  console.log(`Balie is open at ${address}`);
  if (firstRunCode)
    console.log(
      `\nThere is no organization yet. Make the first here:\n  ${address}/console/#/first-run/${firstRunCode}\n`,
    );
  if (!logIns) return;
  console.log(`\nLog-ins, shown this once (password: ${logIns.password})`);
  for (const email of logIns.emails) console.log(`  ${email}`);
  console.log('');
}

function stopOn(signals: readonly NodeJS.Signals[], close: () => Promise<void>): void {
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), stopWithinMs).unref();
    await close();
    process.exit(0);
  };
  for (const signal of signals) process.on(signal, () => void stop().catch(fail));
  // Whoever started us is gone without a word: nobody is left to stop us.
  process.once('disconnect', () => void stop().catch(fail));
}

function fail(error: unknown): never {
  console.error(`Balie can't start: ${reasonOf(error)}`);
  process.exit(1);
}

const noFolder = ['EACCES', 'EROFS', 'EPERM', 'EEXIST', 'ENOTDIR', 'ENOSPC'];

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const origin = error.cause instanceof Error ? error.cause : error;
  const { code = '', port, path, syscall } = origin as NodeJS.ErrnoException & { port?: number };
  if (code === 'EADDRINUSE') return `port ${port} is taken; choose another with PORT.`;
  if (syscall === 'listen')
    return `the server can't listen on port ${port} (${code}); choose another with PORT or HOST.`;
  if (noFolder.includes(code)) return `${path} can't be written (${code}); choose another folder with BALIE_DATA_DIR.`;
  return error.message;
}

main().catch(fail);
