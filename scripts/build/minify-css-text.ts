import { transform } from 'esbuild';
import type { Plugin } from 'rollup';

const styleSheet = /css`([^`$]*)`/g;

/**
 * Minifies the style sheets that stand in template literals tagged `css`, which no minifier of scripts looks into.
 * Where the tag does nothing, it can go too, and need not be shared by chunks.
 */
export const minifyCssText = ({ keepTag }: { keepTag: boolean }): Plugin => ({
  name: 'minify-css-text',
  async transform(code, id) {
    if (!/\.tsx?$/.test(id) || !code.includes('css`')) return null;
    const sheets = [...code.matchAll(styleSheet)];
    const small = await Promise.all(sheets.map(([, css = '']) => transform(css, { loader: 'css', minify: true })));
    const literals = small.map(({ code: css }) => (keepTag ? `css\`${css.trim()}\`` : JSON.stringify(css.trim())));
    let index = 0;
    return { code: code.replace(styleSheet, () => literals[index++] ?? ''), map: null };
  },
});
