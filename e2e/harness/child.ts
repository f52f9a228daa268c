import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** One Node process of the product, with all that it printed. */
export interface Child {
  readonly output: () => string;
  readonly running: () => boolean;
  /** Sends it something, and resolves when it has dealt with it. */
  ask(message: object): Promise<void>;
  /** Resolves when the process is gone. */
  end(signal: NodeJS.Signals): Promise<void>;
}

export function startChild(script: string, env: Record<string, string>): Child {
  const { PATH = '', HOME = '', NODE_COMPILE_CACHE = '' } = process.env;
  const child = spawn(process.execPath, [script], {
    env: { PATH, HOME, NODE_COMPILE_CACHE, ...env },
    // The channel is how it hears that we are gone.
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const printed: string[] = [];
  child.stdout?.setEncoding('utf8').on('data', (text: string) => printed.push(text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => printed.push(text));
  const exited = once(child, 'exit');
  const running = () => child.exitCode === null && child.signalCode === null;

  return {
    output: () => printed.join(''),
    running,
    async ask(message) {
      const answer = new AbortController();
      const gone = once(child, 'exit', answer).then(() => Promise.reject(new Error(`It ended:\n${printed.join('')}`)));
      const done = once(child, 'message', answer);
      child.send(message);
      await Promise.race([done, gone]).finally(() => answer.abort());
    },
    async end(signal) {
      if (running()) child.kill(signal);
      await exited;
    },
  };
}

/** Waits until the address answers with success, or says what the process printed instead. Several start at once, and share the machine. */
export async function untilAnswers(child: Child, url: string): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (child.running() && Date.now() < deadline) {
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${url} does not answer. The process printed:\n${child.output()}`);
}
