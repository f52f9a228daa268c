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
    // The tool leaves the values of custom properties as they are written; none of ours minds losing a space.
    const tight = small.map(({ code: css }) =>
      css
        .trim()
        .replace(/(--[\w-]+): /g, '$1:')
        .replace(/(light-dark\([^,()]+), /g, '$1,'),
    );
    const literals = tight.map((css) => (keepTag ? `css\`${css}\`` : JSON.stringify(css)));
    let index = 0;
    return { code: code.replace(styleSheet, () => literals[index++] ?? ''), map: null };
  },
});
