import { readFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { transform } from 'esbuild';
import type { Plugin } from 'rollup';

const localReference = /(href|src)="([\w.-]+\.(?:css|js|svg))"/g;

/** Takes a page along: what it refers to is named by its content, and it refers to that. */
export const consolePage = (folder: string, fileName = 'index.html'): Plugin => ({
  name: 'console-page',
  async generateBundle(_options, bundle) {
    const page = await readFile(join(folder, fileName), 'utf8');
    const entry = Object.values(bundle).find((output) => output.type === 'chunk' && output.isEntry);
    const names = new Map<string, string>();
    for (const [, , file = ''] of page.matchAll(localReference)) {
      if (extname(file) === '.js') names.set(file, entry?.fileName ?? file);
      else names.set(file, this.getFileName(this.emitFile(await assetOf(folder, file))));
    }
    const source = page.replace(localReference, (_all, attribute, file) => `${attribute}="${names.get(file)}"`);
    this.emitFile({ type: 'asset', fileName, source });
  },
});

async function assetOf(folder: string, file: string) {
  const text = await readFile(join(folder, file), 'utf8');
  const source = extname(file) === '.css' ? (await transform(text, { loader: 'css', minify: true })).code : text;
  return { type: 'asset', name: basename(file), source } as const;
}
