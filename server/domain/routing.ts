import type { AgentId } from '../../protocol/ids.ts';
import type { Pass } from './conversation.ts';

/** An agent who is ready, connected, and logged on with a profile that holds the queue. */
export interface Candidate {
  readonly agent: AgentId;
  /** Conversations with them and requests presented to them. */
  readonly load: number;
  readonly room: number;
  /** When they last became free: ready, or done with a conversation. */
  readonly idleSince: number;
}

export type Choice =
  | { readonly kind: 'agent'; readonly agent: AgentId }
  /** Everybody with room has passed; the one who did so longest ago may be asked again at this time. */
  | { readonly kind: 'later'; readonly at: number }
  | { readonly kind: 'nobody' };

/** How long somebody who passed is left in peace when nobody else is left to ask. */
export const askAgainMs = 3000;

/**
 * Who is asked next: the one with room who has been idle longest. Who has conversations is not idle, and the less so the
 * more they have; otherwise one agent would be filled up while a colleague has nothing to do. Who passed is asked again only when nobody else is
 * left, the earliest pass first, and not at once. Ties go by id, so that every node chooses the same.
 */
export function chooseAgent(candidates: readonly Candidate[], passes: readonly Pass[], now: number): Choice {
  const passedAt = new Map(passes.map((pass) => [pass.agent, pass.at]));
  const free = candidates.filter(({ load, room }) => load < room);
  const fresh = free.filter(({ agent }) => !passedAt.has(agent));
  const idlest = first(
    fresh,
    ({ load }) => load,
    ({ idleSince }) => idleSince,
  );
  if (idlest) return { kind: 'agent', agent: idlest.agent };
  const earliest = first(free, ({ agent }) => passedAt.get(agent) ?? 0);
  if (!earliest) return { kind: 'nobody' };
  const at = (passedAt.get(earliest.agent) ?? 0) + askAgainMs;
  return now >= at ? { kind: 'agent', agent: earliest.agent } : { kind: 'later', at };
}

type Rank = (candidate: Candidate) => number;

function first(candidates: readonly Candidate[], ...ranks: readonly Rank[]): Candidate | undefined {
  const compare = (a: Candidate, b: Candidate): number => {
    const differing = ranks.find((rank) => rank(a) !== rank(b));
    if (differing) return differing(a) - differing(b);
    return a.agent < b.agent ? -1 : 1;
  };
  return candidates.toSorted(compare)[0];
}
