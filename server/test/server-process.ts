import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));

/** The real server in a process of its own. */
export interface ServerProcess {
  readonly pid: number;
  readonly output: () => string;
  /** Resolves with the exit code, null where a signal ended it. */
  end(signal: NodeJS.Signals): Promise<number | null>;
  readonly exited: Promise<number | null>;
}

/** Started, and not waited for. */
export function spawnServer(env: Record<string, string>): ServerProcess & { readonly ready: Promise<void> } {
  const { PATH = '', HOME = '', NODE_COMPILE_CACHE = '' } = process.env;
  const child = fork(main, {
    env: { PATH, HOME, NODE_COMPILE_CACHE, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const printed: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => printed.push(text));
  const output = () => printed.join('');
  const exited = once(child, 'close').then(() => child.exitCode);
  return {
    pid: child.pid ?? 0,
    output,
    exited,
    ready: becomesReady(child, output),
    end(signal) {
      child.kill(signal);
      return exited;
    },
  };
}

/** Started, and listening. */
export async function startServer(env: Record<string, string>): Promise<ServerProcess> {
  const server = spawnServer(env);
  await server.ready;
  return server;
}

function becomesReady(child: ChildProcess, output: () => string): Promise<void> {
  const ready = new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve());
    child.once('close', (code) => reject(new Error(`The server ended with ${code}:\n${output()}`)));
  });
  // A test may be interested in nothing but the end.
  ready.catch(() => {});
  return ready;
}
