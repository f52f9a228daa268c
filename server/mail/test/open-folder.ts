import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'vitest';

/** A data folder of the test's own. */
export async function openFolder(t: Pick<TestContext, 'onTestFinished'>): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'balie-mail-'));
  t.onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
  return dataDir;
}
