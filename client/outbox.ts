import type { RefusalCode } from '../protocol/codes.ts';
import type { CommandId, ConversationId } from '../protocol/ids.ts';

/** A command on its way. It keeps its id through every resend and reload, so the server carries it out once. */
export interface Entry<Command> {
  readonly id: CommandId;
  readonly conversation?: ConversationId | undefined;
  readonly command: Command;
  /** Why it was refused; absent while it is on its way. */
  readonly refused?: RefusalCode | undefined;
}

export interface OutboxOptions<Command> {
  /** Puts it on the wire; false where there is none now. */
  readonly transmit: (entry: Entry<Command>) => boolean;
  /** Called after every change, also to keep the entries for a reload. */
  readonly onChange: (entries: readonly Entry<Command>[]) => void;
  /** What an earlier page of this tab left unsent. */
  readonly kept?: readonly Entry<Command>[];
}

type Settled = { readonly id: CommandId } & (
  | { readonly type: 'ack' }
  | { readonly type: 'refusal'; readonly code: RefusalCode; readonly retryAfterMs?: number }
);

/**
 * Commands in the order they were given, one on the wire at a time, so that an answer of "too many" can never let a
 * later message overtake an earlier one. Entries leave on an ack; a refused one stays until it is retried or dropped.
 */
export function createOutbox<Command>({ transmit, onChange, kept = [] }: OutboxOptions<Command>) {
  let entries: readonly Entry<Command>[] = kept;
  let flying: CommandId | null = null;
  let pause: ReturnType<typeof setTimeout> | undefined;

  function change(next: readonly Entry<Command>[]) {
    entries = next;
    onChange(entries);
    pump();
  }

  function mark(marked: CommandId, refused?: RefusalCode) {
    change(entries.map((entry) => (entry.id === marked ? { ...entry, refused } : entry)));
  }

  function pump() {
    if (flying || pause) return;
    const next = entries.find((entry) => !entry.refused);
    if (next && transmit(next)) flying = next.id;
  }

  return {
    get entries() {
      return entries;
    },
    /** Returns the command's id, by which its event is recognised when it comes back. */
    add(command: Command, conversation?: ConversationId): CommandId {
      const id = commandId();
      change([...entries, { id, conversation, command }]);
      return id;
    },
    settle(answer: Settled) {
      if (flying === answer.id) flying = null;
      if (answer.type === 'ack') return change(entries.filter(({ id }) => id !== answer.id));
      if (answer.retryAfterMs !== undefined) {
        pause = setTimeout(() => {
          pause = undefined;
          pump();
        }, answer.retryAfterMs);
        return;
      }
      mark(answer.id, answer.code);
    },
    /** A new connection: what was on the wire may or may not have arrived, so it goes again under its id. */
    connected() {
      flying = null;
      pump();
    },
    retry: (id: CommandId) => mark(id),
    drop(id: CommandId) {
      if (flying === id) flying = null;
      change(entries.filter((entry) => entry.id !== id));
    },
    clear() {
      flying = null;
      clearTimeout(pause);
      pause = undefined;
      change([]);
    },
  };
}

/** 128 bits; `crypto.randomUUID` would do but for pages without HTTPS, where browsers leave it out. */
function commandId(): CommandId {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('') as CommandId;
}
