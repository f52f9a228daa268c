import type { FloorFrame } from '../../protocol/floor.ts';
import { limits } from '../../protocol/limits.ts';
import { emptyView, type FloorView } from '../desk/floor-picture.ts';

type Kind = keyof FloorView;

/**
 * What takes a reader from what they were told to what they may see now, in frames of a bounded size; none where nothing
 * changed. Null: they were told nothing yet, and hear so much even of an empty floor.
 */
export function floorFrames(before: FloorView | null, now: FloorView, at: number): FloorFrame[] {
  const queues = changed(before, now, 'queues');
  const agents = changed(before, now, 'agents');
  const chats = changed(before, now, 'chats');
  const gone = {
    queues: missing(before, now, 'queues'),
    agents: missing(before, now, 'agents'),
    chats: missing(before, now, 'chats'),
  };
  const longest = Math.max(...[queues, agents, chats, ...Object.values(gone)].map(({ length }) => length));
  const least = before === null ? 1 : 0;
  return Array.from({ length: Math.max(least, Math.ceil(longest / limits.floorRows)) }, (_, index) => {
    const part = <One>(all: readonly One[]) => all.slice(index * limits.floorRows, (index + 1) * limits.floorRows);
    return {
      type: 'floor',
      at,
      anew: before === null && index === 0,
      queues: part(queues),
      agents: part(agents),
      chats: part(chats),
      gone: { queues: part(gone.queues), agents: part(gone.agents), chats: part(gone.chats) },
    };
  });
}

type Row<Of extends Kind> = FloorView[Of] extends ReadonlyMap<unknown, infer One> ? One : never;
type Id<Of extends Kind> = FloorView[Of] extends ReadonlyMap<infer Key, unknown> ? Key : never;

/** By identity: a row that did not change is the same object in the next picture. */
function changed<Of extends Kind>(before: FloorView | null, now: FloorView, kind: Of): Row<Of>[] {
  const told = (before ?? emptyView)[kind] as ReadonlyMap<Id<Of>, Row<Of>>;
  const rows = now[kind] as ReadonlyMap<Id<Of>, Row<Of>>;
  return [...rows].flatMap(([id, row]) => (told.get(id) === row ? [] : [row]));
}

function missing<Of extends Kind>(before: FloorView | null, now: FloorView, kind: Of): Id<Of>[] {
  const rows = now[kind] as ReadonlyMap<Id<Of>, Row<Of>>;
  return [...((before ?? emptyView)[kind] as ReadonlyMap<Id<Of>, Row<Of>>).keys()].filter((id) => !rows.has(id));
}
