import type { TokenSource } from '../client/token.ts';
import type { Call } from './loader.ts';
import type { Variables } from './proof.ts';
import type { VisitorLine } from './visitor-line.ts';
import { warn } from './warn.ts';

export interface ApiOptions {
  readonly line: VisitorLine;
  readonly show: (shown: boolean) => void;
  readonly end: () => void;
}

/** What a page can ask of its chat: `Balie(name, value)`. `docs/embedding.md` is written for its callers. */
export function createApi({ line, show, end }: ApiOptions): (call: Call) => void {
  const commands: Record<string, (value: unknown) => unknown> = {
    identify: (source) => line.identify(source as TokenSource | null),
    logout: line.logout,
    set: (variables) => line.set(variables as Variables),
    open: () => show(true),
    close: () => show(false),
    destroy() {
      line.forget();
      end();
    },
  };
  return ([name, value]) => {
    const command = commands[String(name)];
    if (command) command(value);
    else warn(`there is no "${name}".`);
  };
}
