import { createHash } from 'node:crypto';

/** SHA-256. Of an id that was chance nothing can be guessed back from it. */
export const hashOfId = (id: string): string => createHash('sha256').update(id).digest('base64url');
