import { createHash } from 'node:crypto';
import { type OutputBundle, type RollupOptions, rollup } from 'rollup';
import { expect, test } from 'vitest';
import options from '../../rollup.config.ts';

/** Of everything that a build would write, by name. */
async function build({ output, ...input }: RollupOptions): Promise<[string, string][]> {
  const bundle = await rollup(input);
  const made = await bundle.generate(output as NonNullable<Extract<RollupOptions['output'], { dir?: string }>>);
  await bundle.close();
  return made.output.map((file) => [file.fileName, hashOf(file)]);
}

function hashOf(file: OutputBundle[string]): string {
  const content = file.type === 'chunk' ? file.code : file.source;
  return createHash('sha256').update(content).digest('hex');
}

test('G229 the chat and its loader come out the same to the byte, however often they are built', async () => {
  const [chat, loader] = options as [RollupOptions, RollupOptions];
  const first = [...(await build(chat)), ...(await build(loader))];
  expect(first.map(([name]) => name)).toContain('balie.js');
  expect([...(await build(chat)), ...(await build(loader))]).toEqual(first);
}, 120_000);
