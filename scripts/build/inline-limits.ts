import type { Plugin } from 'rollup';
import { limits } from '../../protocol/limits.ts';

/**
 * Writes each limit where it is used. As an object that later chunks share, all of it would stand in the first one,
 * names and all.
 */
export const inlineLimits = (): Plugin => ({
  name: 'inline-limits',
  transform: (code, id) =>
    /\.tsx?$/.test(id) && !id.endsWith('/protocol/limits.ts')
      ? { code: code.replace(/\blimits\.(\w+)/g, (all, name) => `${(limits as Limits)[name] ?? all}`), map: null }
      : null,
});

type Limits = Readonly<Record<string, number>>;
