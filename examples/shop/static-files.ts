import { readFileSync } from 'node:fs';

const types = { css: 'text/css', js: 'text/javascript', svg: 'image/svg+xml' } as const;

interface StaticFile {
  readonly type: string;
  readonly body: Buffer;
}

function load(name: string, type: keyof typeof types): [path: string, file: StaticFile] {
  const body = readFileSync(new URL(`./public/${name}.${type}`, import.meta.url));
  return [`/${name}.${type}`, { type: `${types[type]}; charset=utf-8`, body }];
}

/** Read once: five small files. */
export const loadStaticFiles = (): ReadonlyMap<string, StaticFile> =>
  new Map([
    load('shop', 'css'),
    load('goods', 'css'),
    load('shop', 'js'),
    load('configurator', 'js'),
    load('icon', 'svg'),
  ]);
