import type { CommandId, ConversationId } from '../../protocol/ids.ts';

/**
 * Says of nearly every command that it was never carried out, without a look into the log, which would cost each message
 * a page of an index: fingerprints of what the conversations that were heard of lately have carried out.
 */
export interface SeenCommands {
  /** False where it may have been: then the log knows. */
  isNew(conversation: ConversationId, command: CommandId): boolean;
  /** Committed just now. */
  add(conversation: ConversationId, commands: readonly CommandId[]): void;
  /** Not much more will come. */
  forget(conversation: ConversationId): void;
  clear(): void;
}

/** Of all together, some twenty bytes each. */
const maxFingerprints = 500_000;
/** What a conversation takes beside its fingerprints, in fingerprints. */
const ownWeight = 16;

/** @param read every command of a conversation that the log has */
export function createSeenCommands(
  read: (conversation: ConversationId) => Iterable<CommandId>,
  capacity = maxFingerprints,
): SeenCommands {
  /** The one that was loaded first comes first. */
  let seen = new Map<ConversationId, Set<number>>();
  let weight = 0;

  function put(own: Set<number>, commands: Iterable<CommandId>): void {
    weight -= own.size;
    for (const command of commands) own.add(fingerprint(command));
    weight += own.size;
  }

  function load(conversation: ConversationId): Set<number> {
    const own = new Set<number>();
    seen.set(conversation, own);
    weight += ownWeight;
    put(own, read(conversation));
    return own;
  }

  function forget(conversation: ConversationId): void {
    const own = seen.get(conversation);
    if (!own) return;
    weight -= ownWeight + own.size;
    seen.delete(conversation);
  }

  function makeRoom(): void {
    for (const oldest of seen.keys()) {
      if (weight <= capacity) return;
      forget(oldest);
    }
  }

  return {
    forget,

    isNew(conversation, command) {
      const own = seen.get(conversation) ?? load(conversation);
      const isNew = !own.has(fingerprint(command));
      makeRoom();
      return isNew;
    },

    add(conversation, commands) {
      const own = seen.get(conversation);
      if (own) put(own, commands);
    },

    clear() {
      seen = new Map();
      weight = 0;
    },
  };
}

/** 32 bits (FNV-1a): a command that shares them with another costs a look into the log. */
function fingerprint(id: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < id.length; index++) hash = Math.imul(hash ^ id.charCodeAt(index), 0x01000193);
  return hash;
}
