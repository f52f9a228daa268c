import { createHash } from 'node:crypto';
import type { OrganizationId } from '../../protocol/ids.ts';
import type { PersonQuery } from '../../protocol/privacy.ts';
import { foldEmail } from '../domain/emails.ts';

/**
 * What a record says of who was looked for: whoever knows the person can tell that it was they, and nobody can read it
 * out of the record. Of this organization alone, so that two cannot compare theirs.
 */
export const personHash = (organization: OrganizationId, { by, value }: PersonQuery): string =>
  createHash('sha256')
    .update(JSON.stringify([organization, by, by === 'email' ? foldEmail(value) : value]))
    .digest('hex');
