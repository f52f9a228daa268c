import type { FloorAgent, FloorChat, FloorQueue } from '../../protocol/floor.ts';
import type { AgentId, ConversationId, ProfileId, QueueId } from '../../protocol/ids.ts';
import type { Oversight } from '../domain/command.ts';
import { waitsWithin } from '../domain/floor.ts';
import type { ProfileRecord, Queue } from '../store/queues-store.ts';
import type { CountedWait } from '../store/statistics-store.ts';
import type { Agent, ConversationHead, Duty } from '../store/store.ts';
import { isOverseen } from './oversight.ts';

/** What the store says of one organization at one moment. */
export interface FloorFacts {
  readonly queues: readonly Queue[];
  readonly profiles: readonly ProfileRecord[];
  readonly people: readonly Agent[];
  readonly duties: readonly Duty[];
  /** Conversations that have not ended, who asked first first. */
  readonly open: readonly ConversationHead[];
  readonly names: ReadonlyMap<ConversationId, string | null>;
  /** Of today. */
  readonly waits: readonly CountedWait[];
}

/** A whole floor. Its rows stand beside what says who may see them. */
export interface FloorPicture {
  readonly queues: ReadonlyMap<QueueId, FloorQueue>;
  readonly agents: ReadonlyMap<AgentId, { readonly row: FloorAgent; readonly serves: ReadonlySet<QueueId> }>;
  readonly chats: ReadonlyMap<ConversationId, FloorChat>;
}

/** The part of it that somebody oversees. */
export interface FloorView {
  readonly queues: ReadonlyMap<QueueId, FloorQueue>;
  readonly agents: ReadonlyMap<AgentId, FloorAgent>;
  readonly chats: ReadonlyMap<ConversationId, FloorChat>;
}

export const emptyView: FloorView = { queues: new Map(), agents: new Map(), chats: new Map() };

type Staff = { readonly agent: Agent; readonly duty: Duty | undefined; readonly serves: ReadonlySet<QueueId> };

/**
 * @param before rows that did not change are taken over from it as they are, so that what changed is found by comparing
 * objects, however many watch
 */
export function pictureOf(facts: FloorFacts, before: FloorPicture | null): FloorPicture {
  const staff = staffOf(facts);
  const loads = loadsOf(facts.open);
  const names = new Map(facts.people.map(({ id, name }) => [id, name]));
  const queueNames = new Map(facts.queues.map(({ id, name }) => [id, name]));
  const byQueue = Map.groupBy(facts.open, ({ queue }) => queue);
  const queues = facts.queues
    .filter(({ id, retiredAt }) => retiredAt === null || byQueue.has(id))
    .map((queue): [QueueId, FloorQueue] => [queue.id, queueRow(queue, byQueue.get(queue.id) ?? [], { facts, staff })]);
  const agents = staff.map(({ agent, duty, serves }) => {
    const row = same(before?.agents.get(agent.id)?.row, agentRow(agent, duty, loads.get(agent.id) ?? 0));
    return [agent.id, { row, serves }] as const;
  });
  const chats = facts.open.map((head): [ConversationId, FloorChat] => {
    const queue = { id: head.queue, name: queueNames.get(head.queue) ?? '' };
    return [head.id, chatRow(head, queue, { visitor: facts.names.get(head.id) ?? null, names })];
  });
  return {
    queues: new Map(queues.map(([id, row]) => [id, same(before?.queues.get(id), row)])),
    agents: new Map(agents),
    chats: new Map(chats.map(([id, row]) => [id, same(before?.chats.get(id), row)])),
  };
}

export function viewOf({ queues, agents, chats }: FloorPicture, oversight: Oversight): FloorView {
  const mine = (queue: QueueId) => isOverseen(oversight, { queue });
  return {
    queues: new Map([...queues].filter(([id]) => mine(id))),
    agents: new Map(
      [...agents].flatMap(([id, { row, serves }]) =>
        oversight === null || [...serves].some(mine) ? [[id, row] as const] : [],
      ),
    ),
    chats: new Map([...chats].filter(([, { queue }]) => mine(queue.id))),
  };
}

/** Disabled people are not there; and `serves` is what they are logged on for, or could be. */
function staffOf({ people, duties, profiles }: FloorFacts): Staff[] {
  const queuesOf = new Map(profiles.map(({ id, queues }) => [id, queues]));
  const dutyOf = new Map(duties.map((duty) => [duty.agent, duty]));
  const served = (ids: readonly ProfileId[]) => new Set(ids.flatMap((id) => queuesOf.get(id) ?? []));
  return people
    .filter(({ disabledAt, profiles: own }) => disabledAt === null && own.length > 0)
    .map((agent) => {
      const duty = dutyOf.get(agent.id);
      const isOn = duty && duty.state !== 'off' && duty.profile !== null;
      return { agent, duty, serves: served(isOn && duty.profile ? [duty.profile] : agent.profiles) };
    });
}

/** Conversations with them, and what stands before them. */
function loadsOf(open: readonly ConversationHead[]): Map<AgentId, number> {
  const loads = new Map<AgentId, number>();
  for (const { agent, guests, asked } of open)
    for (const id of new Set([agent, asked, ...guests])) if (id) loads.set(id, (loads.get(id) ?? 0) + 1);
  return loads;
}

function queueRow(
  { id, name, settings }: Queue,
  open: readonly ConversationHead[],
  { facts, staff }: { facts: FloorFacts; staff: readonly Staff[] },
): FloorQueue {
  const waiting = open.filter(({ phase }) => phase !== 'active');
  const serving = staff.filter(({ serves }) => serves.has(id));
  const count = (state: Duty['state']) => serving.filter(({ duty }) => (duty?.state ?? 'off') === state).length;
  return {
    queue: { id, name },
    waiting: waiting.length,
    longestSince: waiting.length > 0 ? Math.min(...waiting.map(({ since }) => since)) : null,
    active: open.length - waiting.length,
    answerWithinMs: settings.answerWithinMs,
    ...waitsWithin(
      () => settings.answerWithinMs,
      facts.waits.filter(({ queue }) => queue === id),
    ),
    ready: count('ready'),
    paused: count('paused'),
    off: count('off'),
  };
}

function agentRow({ id, name, room }: Agent, duty: Duty | undefined, load: number): FloorAgent {
  const state = duty?.state ?? 'off';
  return {
    agent: { id, name },
    state,
    since: duty?.since ?? 0,
    ...(state === 'paused' && duty?.pausedBy && { pausedBy: duty.pausedBy }),
    ...(state === 'paused' && duty?.reason && { reason: duty.reason }),
    ...(state === 'ready' && duty?.wrapUpUntil && { wrapUpUntil: duty.wrapUpUntil }),
    lost: state !== 'off' && duty?.lostAt !== null,
    load,
    room,
  };
}

function chatRow(
  { id, phase, agent, guests, since }: ConversationHead,
  queue: FloorChat['queue'],
  { visitor, names }: { visitor: string | null; names: ReadonlyMap<AgentId, string> },
): FloorChat {
  const ids = phase === 'waiting' ? [] : [...(agent ? [agent] : []), ...guests];
  const agents = ids.map((one) => ({ id: one, name: names.get(one) ?? '' }));
  return { conversation: id, visitor, queue, phase: phase === 'ended' ? 'active' : phase, agents, since };
}

const same = <Row>(before: Row | undefined, row: Row): Row =>
  before !== undefined && JSON.stringify(before) === JSON.stringify(row) ? before : row;
