import type { CommandId, ConversationId } from '../../protocol/ids.ts';
import type { LogEvent } from '../domain/conversation.ts';
import type { RecentReader } from './log-storage.ts';
import type { Append, ConversationHead } from './store.ts';

/**
 * SQLite writes whole pages, and an event in its table touches a page of every index, each somewhere else: for ten short
 * texts forty pages to write and to sync. So a group is committed as one row of the table `recent`, which only grows at
 * its end, and its events are kept here as well. When a conversation has several of them they move into their table
 * together, where they share pages. That halves the CPU of a message.
 *
 * All that is here is on disk. After a crash it is read back from `recent`.
 */
export interface RecentEvents extends RecentReader {
  head(id: ConversationId): ConversationHead | undefined;
  commands(id: ConversationId): CommandId[];
  /** What is to move with the next commit: runs that have grown long, and those that are the oldest of too much. */
  ripe(): Run[];
  /** Everything. */
  runs(): Run[];
  /** After a commit: these have moved, and what was appended stands in that row of `recent`. */
  advance(moved: readonly Run[], added: readonly Added[], row: number): void;
  /** All has moved, and none of it is remembered: some of it is to be forgotten. */
  forgetAll(): void;
  /** Rows of `recent` before this one hold only what has moved. */
  readonly oldestRow: number;
}

/** Consecutive events of one conversation, and how far they bring it. As JSON it is the form in which `recent` keeps them. */
export interface Run {
  readonly organization: ConversationHead['organization'];
  readonly id: ConversationId;
  readonly seq: number;
  readonly visitorSeq: number;
  readonly events: readonly LogEvent[];
}

export interface Added {
  readonly append: Append;
  readonly bytes: number;
}

export const toRun = ({ head, events }: Pick<Append, 'head' | 'events'>): Run => ({
  organization: head.organization,
  id: head.id,
  seq: head.seq,
  visitorSeq: head.visitorSeq,
  events,
});

interface Entry {
  head: ConversationHead;
  readonly events: LogEvent[];
  /** Where its first event stands: the row of `recent`, and how much had been written before it. */
  readonly row: number;
  readonly position: number;
}

/** Each index gets its page for this many events instead of for one. */
const longRun = 64;
/** What `recent` may hold, and thus what is kept in memory and read back after a crash: some ten thousand events. */
const maxBytes = 4 * 1024 * 1024;

export function createRecentEvents(): RecentEvents {
  /** The oldest first: an entry that moved begins anew at the end. */
  const entries = new Map<ConversationId, Entry>();
  let long = new Set<ConversationId>();
  /** Moved just now: a head that was read a moment earlier still has to be brought up to date. */
  let justMoved = new Map<ConversationId, ConversationHead>();
  let written = 0;
  let lastRow = 0;

  function add({ append, bytes }: Added, row: number): void {
    const { head, events } = append;
    const entry: Entry = entries.get(head.id) ?? { head, events: [], row, position: written };
    entries.set(head.id, entry);
    entry.head = head;
    entry.events.push(...events);
    if (entry.events.length >= longRun) long.add(head.id);
    written += bytes;
  }

  function bringUpToDate(head: ConversationHead): ConversationHead {
    const latest = entries.get(head.id)?.head ?? justMoved.get(head.id);
    return latest && latest.seq > head.seq ? latest : head;
  }

  return {
    head: (id) => entries.get(id)?.head,
    commands: (id) => entries.get(id)?.events.flatMap(({ command }) => command ?? []) ?? [],
    after: (id, seq) => entries.get(id)?.events.filter((event) => event.seq > seq) ?? [],
    command: (id, command) => entries.get(id)?.events.find((event) => event.command === command),
    current: (heads) => heads.map(bringUpToDate),
    runs: () => Array.from(entries.values(), toRun),

    ripe() {
      const ids = new Set(long);
      for (const [id, { position }] of entries) {
        if (written - position < maxBytes) break;
        ids.add(id);
      }
      return Array.from(ids, (id) => entries.get(id))
        .filter((entry) => entry !== undefined)
        .map(toRun);
    },

    advance(moved, added, row) {
      justMoved = new Map();
      for (const { id } of moved) {
        const entry = entries.get(id);
        if (entry) justMoved.set(id, entry.head);
        entries.delete(id);
      }
      long = new Set();
      for (const one of added) add(one, row);
      lastRow = row;
    },

    forgetAll() {
      entries.clear();
      justMoved = new Map();
      long = new Set();
      lastRow = 0;
    },

    get oldestRow() {
      return entries.values().next().value?.row ?? lastRow + 1;
    },
  };
}
