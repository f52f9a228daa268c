import type { FloorAgent, FloorChat, FloorFrame, FloorQueue } from '../../protocol/floor.ts';

/** What the server told of the floor, in the order in which it is read. */
export interface FloorRows {
  readonly queues: readonly FloorQueue[];
  /** Ready ones first, then paused, then off. */
  readonly agents: readonly FloorAgent[];
  /** Who waits comes first, the longest at the top; then the chats under way, the longest again. */
  readonly chats: readonly FloorChat[];
}

export const noRows: FloorRows = { queues: [], agents: [], chats: [] };

export function rowsAfter(before: FloorRows, frame: FloorFrame): FloorRows {
  const { queues, agents, chats } = frame.anew ? noRows : before;
  return {
    queues: merge(queues, frame.queues, frame.gone.queues, ({ queue }) => queue.id).sort(byName(({ queue }) => queue)),
    agents: merge(agents, frame.agents, frame.gone.agents, ({ agent }) => agent.id).sort(
      (a, b) => stateRank[a.state] - stateRank[b.state] || byName(({ agent }: FloorAgent) => agent)(a, b),
    ),
    chats: merge(chats, frame.chats, frame.gone.chats, ({ conversation }) => conversation).sort(
      (a, b) => phaseRank[a.phase] - phaseRank[b.phase] || a.since - b.since || order(a.conversation, b.conversation),
    ),
  };
}

const stateRank = { ready: 0, paused: 1, off: 2 } as const;
const phaseRank = { waiting: 0, presented: 0, active: 1 } as const;
const order = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);

const byName =
  <Row>(of: (row: Row) => { readonly id: string; readonly name: string }) =>
  (a: Row, b: Row) =>
    of(a).name.localeCompare(of(b).name) || order(of(a).id, of(b).id);

function merge<Row>(before: readonly Row[], rows: readonly Row[], gone: readonly string[], idOf: (row: Row) => string) {
  const left = new Map(before.map((row) => [idOf(row), row]));
  for (const row of rows) left.set(idOf(row), row);
  for (const id of gone) left.delete(id);
  return [...left.values()];
}

/** Null where nobody was accepted yet and nobody gave up. */
export function serviceLevel({ accepted, inTime, abandoned }: FloorQueue): number | null {
  const all = accepted + abandoned;
  return all > 0 ? inTime / all : null;
}
