import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { serverFlags } from '../scripts/server-flags.mjs';

/** Clock ticks a second in /proc/<pid>/stat: 100 on every Linux that Node runs on (sysconf(_SC_CLK_TCK)). */
const ticksPerSecond = 100;

/** A server in a process of its own, so that its CPU time and memory are its own. */
export interface ServerProcess {
  readonly port: number;
  /** User and system time of the whole process so far. */
  cpuMs(): number;
  residentBytes(): number;
  stop(): Promise<void>;
}

export async function startServer(
  file: string,
  port: number,
  env: Record<string, string> = {},
): Promise<ServerProcess> {
  const child = fork(new URL(file, import.meta.url), {
    env: { ...process.env, ...env, PORT: String(port) },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    // The relays have them too, so that none is better off.
    execArgv: serverFlags(),
  });
  // A benchmark that fails leaves no server behind on its port.
  process.once('exit', () => child.kill());
  await ready(child, file);
  const proc = (name: string) => readFileSync(`/proc/${child.pid}/${name}`, 'utf8');
  return {
    port,
    cpuMs() {
      // Fields 14 and 15 (proc(5)), counted after the command's name, which may itself hold spaces.
      const fields = proc('stat')
        .replace(/^.*\) /, '')
        .split(' ');
      return ((Number(fields[11]) + Number(fields[12])) * 1000) / ticksPerSecond;
    },
    residentBytes() {
      return Number(/VmRSS:\s+(\d+)/.exec(proc('status'))?.[1]) * 1024;
    },
    async stop() {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

function ready(child: ChildProcess, file: string): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('message', () => resolve());
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code} before it was ready.`)));
  });
}
