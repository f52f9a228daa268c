/**
 * What browsers get: the widget (a loader, and the chat it fetches), the console, and the signing library for sites'
 * servers. Every file but the loader and the page is named by its content, so it may be cached for good.
 */
import json from '@rollup/plugin-json';
import resolve from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import type { Plugin, RollupOptions } from 'rollup';
import esbuild from 'rollup-plugin-esbuild';
import { consolePage } from './scripts/build/console-page.ts';
import { inlineLimits } from './scripts/build/inline-limits.ts';
import { minifyCssText } from './scripts/build/minify-css-text.ts';
import { precompress } from './scripts/build/precompress.ts';
import { rawText } from './scripts/build/raw-text.ts';

const target = 'es2022';
const typescript = () => esbuild({ target, jsx: 'automatic', jsxImportSource: 'preact', tsconfig: false });
const browser = () => [
  resolve({ browser: true, extensions: ['.ts', '.tsx', '.js'] }),
  json({ compact: true, namedExports: false }),
];
const small = () =>
  terser({ module: true, ecma: 2020, compress: { passes: 3, unsafe_arrows: true }, format: { comments: false } });
const hashed = '[name]-[hash].js';

let chatModule = '';

/** The loader is built after the chat, and names the file that came out. */
const rememberChat: Plugin = {
  name: 'remember-chat',
  generateBundle(_options, bundle) {
    const entry = Object.values(bundle).find((output) => output.type === 'chunk' && output.isEntry);
    if (entry) chatModule = entry.fileName;
  },
};
const nameChat: Plugin = {
  name: 'name-chat',
  renderChunk: (code) => ({ code: code.replaceAll('__CHAT_MODULE__', chatModule), map: null }),
};

const chat: RollupOptions = {
  input: { chat: 'widget/chat.ts' },
  // What later chunks share with it stays in it, instead of moving to one more file that every visitor waits for.
  preserveEntrySignatures: 'allow-extension',
  plugins: [
    ...browser(),
    typescript(),
    inlineLimits(),
    minifyCssText({ keepTag: false }),
    small(),
    rememberChat,
    precompress(),
  ],
  output: { dir: 'dist/widget', format: 'es', entryFileNames: hashed, chunkFileNames: hashed },
};

const loader: RollupOptions = {
  input: { balie: 'widget/loader.ts' },
  plugins: [typescript(), nameChat, small(), precompress()],
  output: { dir: 'dist/widget', format: 'iife', entryFileNames: '[name].js' },
};

const consoleApp: RollupOptions = {
  input: { console: 'agent-ui/agent-app.ts' },
  preserveEntrySignatures: 'allow-extension',
  plugins: [
    ...browser(),
    rawText(),
    typescript(),
    minifyCssText({ keepTag: true }),
    small(),
    consolePage('agent-ui'),
    precompress(),
  ],
  output: {
    dir: 'dist/console',
    format: 'es',
    entryFileNames: hashed,
    chunkFileNames: hashed,
    assetFileNames: '[name]-[hash][extname]',
  },
};

/** Stands in a frame of the console and shows the widget. */
const preview: RollupOptions = {
  input: { preview: 'agent-ui/preview/preview.ts' },
  plugins: [...browser(), typescript(), small(), consolePage('agent-ui/preview', 'preview.html'), precompress()],
  output: { dir: 'dist/console', format: 'es', entryFileNames: hashed, assetFileNames: '[name]-[hash][extname]' },
};

const sign: RollupOptions = {
  input: { sign: 'widget/sign/sign-visitor.ts' },
  external: ['jose'],
  plugins: [resolve({ extensions: ['.ts'] }), esbuild({ target, tsconfig: false })],
  output: { dir: 'widget/dist', format: 'es', entryFileNames: '[name].js' },
};

export default [chat, loader, consoleApp, preview, sign];
