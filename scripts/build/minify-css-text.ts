import { transform } from 'esbuild';
import type { Plugin } from 'rollup';

const styleSheet = /css`([^`$]*)`/g;

/** Minifies the style sheets that stand in template literals tagged `css`, which no minifier of scripts looks into. */
export const minifyCssText = (): Plugin => ({
  name: 'minify-css-text',
  async transform(code, id) {
    if (!/\.tsx?$/.test(id) || !code.includes('css`')) return null;
    const sheets = [...code.matchAll(styleSheet)];
    const small = await Promise.all(sheets.map(([, css = '']) => transform(css, { loader: 'css', minify: true })));
    let index = 0;
    return { code: code.replace(styleSheet, () => `css\`${small[index++]?.code.trim()}\``), map: null };
  },
});
