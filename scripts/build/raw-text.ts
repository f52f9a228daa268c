import { readFile } from 'node:fs/promises';
import type { Plugin } from 'rollup';

const marked = /\?raw$/;

/** `import code from './sign.py?raw'` is the file as a text, as it is under Vitest. */
export const rawText = (): Plugin => ({
  name: 'raw-text',
  async resolveId(source, importer) {
    if (!marked.test(source)) return null;
    const found = await this.resolve(source.replace(marked, ''), importer, { skipSelf: true });
    return found && `${found.id}?raw`;
  },
  async load(id) {
    if (!marked.test(id)) return null;
    return `export default ${JSON.stringify(await readFile(id.replace(marked, ''), 'utf8'))}`;
  },
});
