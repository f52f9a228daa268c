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
  /** Until then they wrap up the chat before, and are asked nothing. */
  readonly freeAt: number;
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
  const withRoom = candidates.filter(({ load, room }) => load < room);
  const free = withRoom.filter(({ freeAt }) => freeAt <= now);
  const fresh = free.filter(({ agent }) => !passedAt.has(agent));
  const idlest = first(
    fresh,
    ({ load }) => load,
    ({ idleSince }) => idleSince,
  );
  if (idlest) return { kind: 'agent', agent: idlest.agent };
  const earliest = first(free, ({ agent }) => passedAt.get(agent) ?? 0);
  const wrappingUp = withRoom.map(({ freeAt }) => freeAt).filter((at) => at > now);
  if (!earliest) return wrappingUp.length > 0 ? { kind: 'later', at: Math.min(...wrappingUp) } : { kind: 'nobody' };
  const at = (passedAt.get(earliest.agent) ?? 0) + askAgainMs;
  return now >= at ? { kind: 'agent', agent: earliest.agent } : { kind: 'later', at };
}

/**
 * Whom an invitation to a queue goes to: chosen as for a request, but nobody is asked twice. `nobody` once all have
 * passed; null where somebody may still come free.
 */
export function chooseGuest(
  candidates: readonly Candidate[],
  passes: readonly Pass[],
  now: number,
): AgentId | 'nobody' | null {
  const passed = new Set(passes.map(({ agent }) => agent));
  const fresh = candidates.filter(({ agent }) => !passed.has(agent));
  if (fresh.length === 0 && passes.length > 0) return 'nobody';
  const choice = chooseAgent(fresh, [], now);
  return choice.kind === 'agent' ? choice.agent : null;
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
