import type { Numbered } from '../../client/timeline.ts';
import { claimsAfter } from './chat.ts';
import { evolveIdentity, type Identity, unknownIdentity } from './identity.ts';
import { type VariableRow, variablesOf } from './variables.ts';

/** What was known of the visitor when the chat was over, or is at `now`, with the locks as they are at that moment. */
export function personIn(
  events: readonly Numbered[],
  labels: Readonly<Record<string, string>>,
  now: number,
): VariableRow[] {
  let identity: Identity = unknownIdentity;
  let claims: Parameters<typeof claimsAfter>[0] = [];
  for (const { event } of events) {
    identity = evolveIdentity(identity, event.body, event.at);
    if (event.body.type === 'claimed') claims = claimsAfter(claims, event.body.variables);
  }
  const ended = events.findLast(({ event }) => event.body.type === 'ended');
  return variablesOf({ identity, claims, labels }, ended?.event.at ?? now);
}
