import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes the folder and those it lies in; throws an `Error` that says what to do. One by one: where the kernel refuses a
 * folder as absent though its parent is there, as in `/proc`, Node's own `recursive` tries again for ever.
 */
export function makeDataFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeDataFolder(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    // Another process was faster.
    if (existsSync(folder)) return;
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(`${folder} can't be made (${code}); choose another folder with BALIE_DATA_DIR.`);
  }
}
