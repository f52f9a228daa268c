import type { EventBody } from '../../protocol/entities.ts';

/**
 * An event without who the visitor was: that something was said or verified stays, and by which key. Null where nothing
 * of it is to go. The one change that is ever made to what is in the log.
 */
export function withoutIdentity(body: EventBody): EventBody | null {
  if (body.type === 'claimed') return body.variables.length > 0 ? { ...body, variables: [] } : null;
  if (body.type === 'transcript' || body.type === 'confirmed') return body.email === '' ? null : { ...body, email: '' };
  if (body.type !== 'verified') return null;
  const { verification, variables } = body;
  if (verification.subject === '' && variables.length === 0) return null;
  return { ...body, verification: { ...verification, subject: '' }, variables: [] };
}
