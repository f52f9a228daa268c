import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';

/** Node's flags for the server, as `npm run serve` has them: everything else that starts one takes them from there. */
export const serverFlags = () =>
  JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts.serve.match(/--\S+/g) ?? [];
