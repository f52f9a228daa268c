import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
export const bin = join(root, 'node_modules', '.bin');
/** Node 24, which came along as a dependency. */
export const node = join(bin, 'node');

/** The environment in which every tool finds the Node it was made for first, and what that has compiled before. */
export const environment = (more = {}) => ({
  NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'compiled'),
  ...process.env,
  PATH: `${bin}${delimiter}${process.env.PATH ?? ''}`,
  ...more,
});
