import type { EventBody } from '../../protocol/entities.ts';
import type { AgentId, QueueId } from '../../protocol/ids.ts';
import type { LogEvent } from './conversation.ts';
import { courseEvents } from './course.ts';
import { instead, mergeTallies, type Tally, type TallyKind } from './tally.ts';
import { waitStep } from './wait-steps.ts';

/**
 * Where a conversation stands, as far as counting on needs to know it: kept as JSON between two events, and without a
 * word of what was said. `last` is who had it last; `since` is when the visitor began to wait, or the chat.
 */
export type Standing = { readonly queue: QueueId; readonly last: AgentId | ''; readonly said: Said } & (
  | { readonly phase: 'waiting'; readonly since: number }
  | { readonly phase: 'presented'; readonly since: number; readonly asked: AgentId }
  | { readonly phase: 'active'; readonly since: number; readonly agents: readonly AgentId[] }
  | { readonly phase: 'ended' }
);

/** What may be said more than once, and counts as it was said last. */
interface Said {
  readonly category?: Tally;
  readonly rating?: Tally;
}

/** What a comment of the survey was about. Its words stay in the log. */
export interface RatingComment {
  readonly seq: number;
  readonly day: string;
  readonly at: number;
  readonly queue: QueueId;
  readonly agent: AgentId | '';
  readonly score: number;
}

export interface Counted {
  /** Null before the first request. */
  readonly standing: Standing | null;
  readonly tallies: readonly Tally[];
  readonly comments: readonly RatingComment[];
}

/** An event, and its day. */
interface Dated {
  readonly at: number;
  readonly by: LogEvent['by'];
  readonly body: EventBody;
  readonly day: string;
}

/** Counts on from where it stood. In how many pieces a log is counted makes no difference to the sums. */
export function countEvents(
  events: Iterable<LogEvent>,
  before: Standing | null,
  dayOf: (at: number) => string,
): Counted {
  let standing = before;
  const tallies: Tally[] = [];
  const comments: RatingComment[] = [];
  for (const { seq, at, by, body } of events) {
    const event: Dated = { at, by, body, day: dayOf(at) };
    tallies.push(...talliesOf(standing, event));
    if (standing) comments.push(...commentsOf(standing, event, seq));
    standing = standingAfter(standing, event);
  }
  return { standing, tallies: mergeTallies(tallies), comments };
}

const counted: ReadonlySet<EventBody['type']> = new Set([...courseEvents, 'classified', 'rated']);

/** Whether an event can change what is counted. */
export const isCounted = ({ body }: LogEvent): boolean => counted.has(body.type);

const outcomes = { accepted: 'accepted', declined: 'declined', lapsed: 'missed', returned: 'withdrawn' } as const;

function talliesOf(before: Standing | null, event: Dated): Tally[] {
  const { at, body, day } = event;
  if (body.type === 'requested') return [tally({ day, queue: body.queue.id, agent: '' }, 'requests')];
  if (!before) return [];
  const where = (agent: AgentId | '') => ({ day, queue: before.queue, agent });
  switch (body.type) {
    case 'presented':
      return before.phase === 'waiting' ? [tally(where(body.agent.id), 'offered')] : [];
    case 'accepted':
    case 'declined':
    case 'lapsed':
    case 'returned': {
      if (before.phase !== 'presented') return [];
      const outcome = tally(where(body.agent.id), outcomes[body.type]);
      const waitMs = sinceOf(before.since, at);
      return body.type === 'accepted'
        ? [outcome, tally(where(body.agent.id), 'wait', { value: waitStep(waitMs), total: waitMs })]
        : [outcome];
    }
    case 'left':
      return before.phase === 'active' && without(before.agents, body.agent.id).length === 0
        ? [tally(where(body.agent.id), 'duration', { total: sinceOf(before.since, at) })]
        : [];
    case 'moved':
      if (before.phase === 'presented') return [tally(where(before.asked), 'withdrawn')];
      return before.phase === 'active'
        ? [tally(where(before.last), 'duration', { total: sinceOf(before.since, at) })]
        : [];
    case 'ended':
      if (before.phase === 'ended') return [];
      if (before.phase === 'active')
        return [tally(where(before.last), 'duration', { total: sinceOf(before.since, at) })];
      return [
        ...(before.phase === 'presented' ? [tally(where(before.asked), 'withdrawn')] : []),
        tally(where(''), body.reason === 'message' ? 'messages' : 'abandoned'),
      ];
    default: {
      const now = saidIn(before, event);
      return now ? instead(before.said[now.kind], now) : [];
    }
  }
}

function standingAfter(before: Standing | null, event: Dated): Standing | null {
  const { at, body } = event;
  if (body.type === 'requested') return { phase: 'waiting', since: at, queue: body.queue.id, last: '', said: {} };
  if (!before) return null;
  const { queue, last, said } = before;
  switch (body.type) {
    case 'presented':
      return before.phase === 'waiting' ? { ...before, phase: 'presented', asked: body.agent.id } : before;
    case 'declined':
    case 'lapsed':
    case 'returned':
      return before.phase === 'presented' ? { queue, last, said, phase: 'waiting', since: before.since } : before;
    case 'accepted':
      return before.phase === 'presented'
        ? { queue, said, phase: 'active', since: at, last: body.agent.id, agents: [body.agent.id] }
        : before;
    case 'joined':
      return before.phase === 'active'
        ? { ...before, agents: [...without(before.agents, body.agent.id), body.agent.id] }
        : before;
    case 'left':
      return before.phase === 'active' ? afterLeaving(before, body.agent.id, at) : before;
    case 'moved': {
      if (before.phase === 'ended') return before;
      // Who was moved out of a chat waits anew; who waited already waits on.
      const since = before.phase === 'active' ? at : before.since;
      return { phase: 'waiting', since, queue: body.queue.id, last, said };
    }
    case 'ended':
      return { queue, last, said, phase: 'ended' };
    default: {
      const now = saidIn(before, event);
      return now ? { ...before, said: { ...said, [now.kind]: now } } : before;
    }
  }
}

/** Who has been there longest comes first, and it is theirs; with nobody left, the visitor waits again from now. */
function afterLeaving(before: Extract<Standing, { phase: 'active' }>, agent: AgentId, at: number): Standing {
  const { queue, said, last } = before;
  const [first, ...guests] = without(before.agents, agent);
  if (first === undefined) return { phase: 'waiting', since: at, queue, last, said };
  return { ...before, last: first, agents: [first, ...guests] };
}

/** A category is whose note it is; a score is for who had the visitor last. */
function saidIn({ queue, last }: Standing, { by, body, day }: Dated): (Tally & { kind: keyof Said }) | null {
  if (body.type === 'rated')
    return tally({ day, queue, agent: last }, 'rating', { value: String(body.score), total: body.score });
  if (body.type !== 'classified' || body.category === undefined) return null;
  const agent = by.kind === 'agent' ? by.agent.id : last;
  return tally({ day, queue, agent }, 'category', { value: body.category });
}

const commentsOf = ({ queue, last: agent }: Standing, { at, body, day }: Dated, seq: number): RatingComment[] =>
  body.type === 'rated' && body.comment ? [{ seq, day, at, queue, agent, score: body.score }] : [];

const tally = <Kind extends TallyKind>(
  where: Pick<Tally, 'day' | 'queue' | 'agent'>,
  kind: Kind,
  { value = '', total = 0 } = {},
): Tally & { kind: Kind } => ({ ...where, kind, value, count: 1, total });

const without = (agents: readonly AgentId[], agent: AgentId) => agents.filter((one) => one !== agent);

/** The clocks of two nodes may differ a little. */
const sinceOf = (since: number, at: number) => Math.max(0, at - since);
