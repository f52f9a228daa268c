import type { ConversationId } from '../../protocol/ids.ts';
import type { Log } from '../desk/log.ts';
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
  /**
   * `conversation.refused`: they asked for one of their own organization that is not theirs to read. Nothing is awaited,
   * so that the answer takes as long as for one that is not there; a few each are written down, and no more.
   */
  refused(reader: Reader, conversation: ConversationId): void;
  /** Something else that shows what is not with them: under its action, and told apart by `key`. */
  other(reader: Reader, action: string, key: string, after: object): Promise<void>;
}

/** Who comes back later reads anew. */
export const oneReadingMs = 10 * 60_000;
/** Of one person in that time: whoever tries more is in the log already. */
export const mostRefusals = 20;
/** Of all people, on this node; forgetting one writes it down once more. */
const remembered = 10_000;

interface Seen {
  readonly at: number;
  readonly written: Promise<void>;
}

interface ReadingsOptions {
  readonly store: Pick<Store, 'audit' | 'conversations'>;
  readonly log: Log;
  readonly now: () => number;
}

export function createReadings({ store, log, now }: ReadingsOptions): Readings {
  const seen = createLru<string, Seen>(remembered);
  const refusals = createLru<string, { readonly since: number; readonly count: number }>(remembered);

  /** Whether one more of theirs is written down. */
  function isFew({ id }: Reader['agent']): boolean {
    const last = refusals.get(id);
    const current = last && now() - last.since < oneReadingMs ? last : { since: now(), count: 0 };
    refusals.set(id, { ...current, count: current.count + 1 });
    return current.count < mostRefusals;
  }

  async function noteRefusal(reader: Reader, id: ConversationId): Promise<void> {
    const head = await store.conversations.findOf(reader.agent.organization, id);
    if (head && isFew(reader.agent)) await once(reader, id, readingOf(head, 'conversation.refused', null));
  }

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

  return {
    async conversation(reader, head) {
      if (!isTheirs(reader.agent, head)) await once(reader, head.id, readingOf(head, 'conversation.read', null));
    },
    async file(reader, file) {
      const head = await store.conversations.find(file.conversation);
      if (head && !isTheirs(reader.agent, head))
        await once(reader, file.id, readingOf(head, 'conversation.download', { file: file.id }));
    },
    refused(reader, id) {
      noteRefusal(reader, id).catch((error) => log.error({ err: error }, 'a refusal is not in the audit log'));
    },
    other: (reader, action, key, after) => once(reader, key, { action, target: null, after }),
  };
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
