import { createLru } from '../desk/lru.ts';
import { isTheirs } from '../desk/readable.ts';
import { createId } from '../identity/secret-token.ts';
import type { AuditRecord } from '../store/audit-store.ts';
import type { StoredFile } from '../store/files-store.ts';
import type { Agent, ConversationHead, Store } from '../store/store.ts';

/** Who looks, and from which network (`networkOf`). */
export interface Reader {
  readonly agent: Pick<Agent, 'id' | 'name' | 'organization'>;
  readonly address: string | null;
}

/**
 * Writes into the audit log what people look at that is not with them. Await it before anything is shown: what is not
 * written down is not read. Pages, ranges and returns within a short time are one reading.
 */
export interface Readings {
  /** `conversation.read`; nothing where they are in it, or were. */
  conversation(reader: Reader, head: ConversationHead): Promise<void>;
  /** `conversation.download`: a file of a conversation that they are not in. */
  file(reader: Reader, file: StoredFile): Promise<void>;
  /** Something else that shows what is not with them: under its action, and told apart by `key`. */
  other(reader: Reader, action: string, key: string, after: object): Promise<void>;
}

/** Who comes back later reads anew. */
export const oneReadingMs = 10 * 60_000;
/** Of all people, on this node; forgetting one writes it down once more. */
const remembered = 10_000;

interface Seen {
  readonly at: number;
  readonly written: Promise<void>;
}

export function createReadings({ store, now }: { store: Pick<Store, 'audit' | 'conversations'>; now: () => number }) {
  const seen = createLru<string, Seen>(remembered);

  async function once(reader: Reader, key: string, deed: Pick<AuditRecord, 'action' | 'target' | 'after'>) {
    const at = now();
    const whole = `${reader.agent.id} ${deed.action} ${key}`;
    const before = seen.get(whole);
    // Who comes in the same moment waits for the same record; one that could not be written is tried again.
    if (before && at - before.at < oneReadingMs && (await isWritten(before))) return;
    const written = store.audit.append(recordOf(reader, deed, at));
    seen.set(whole, { at, written });
    await written;
  }

  const readings: Readings = {
    async conversation(reader, head) {
      if (!isTheirs(reader.agent, head)) await once(reader, head.id, readingOf(head, 'conversation.read', null));
    },
    async file(reader, file) {
      const head = await store.conversations.find(file.conversation);
      if (head && !isTheirs(reader.agent, head))
        await once(reader, file.id, readingOf(head, 'conversation.download', { file: file.id }));
    },
    other: (reader, action, key, after) => once(reader, key, { action, target: null, after }),
  };
  return readings;
}

const isWritten = ({ written }: Seen) =>
  written.then(
    () => true,
    () => false,
  );

/** Named by its id alone: what the visitor is called would stay here when the conversation is erased. */
const readingOf = ({ id }: ConversationHead, action: string, after: object | null) => ({
  action,
  target: { kind: 'conversation', id, name: '' },
  after,
});

const recordOf = (
  { agent, address }: Reader,
  deed: Pick<AuditRecord, 'action' | 'target' | 'after'>,
  at: number,
): AuditRecord => ({
  ...deed,
  id: createId(),
  organization: agent.organization,
  at,
  actor: agent.id,
  actorName: agent.name,
  before: null,
  address,
});
