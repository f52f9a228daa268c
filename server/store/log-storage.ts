import type { CommandId, ConversationId } from '../../protocol/ids.ts';
import type { LogEvent } from '../domain/conversation.ts';
import type { Append, AppendOutcome, ConversationHead } from './store.ts';

/** What differs between the databases when events are written. */
export interface LogStorage {
  /**
   * One transaction: settles them in order and is on disk when it resolves. Where it rejects with anything but a
   * `StoreError`, nothing of the group was written and one of them is to blame.
   */
  commit(appends: readonly Append[]): Promise<readonly AppendOutcome[]>;
  /** Did another node write at the same moment? Then trying again finds what it wrote. */
  isRace(error: unknown): boolean;
  readonly recent: RecentReader;
  /** `ConversationLog.erase` and `.anonymise`, each in one transaction. */
  erase(conversations: readonly ConversationId[]): Promise<void>;
  anonymise(conversations: readonly ConversationId[]): Promise<void>;
  /** Nothing is handed to `commit` any more. */
  close(): Promise<void>;
}

/** Committed events that are not in their table yet. Ask it before the table: what leaves it in between is there then. */
export interface RecentReader {
  after(id: ConversationId, seq: number): readonly LogEvent[];
  command(id: ConversationId, command: CommandId): LogEvent | undefined;
  /** As they are now. */
  current(rows: readonly ConversationHead[]): ConversationHead[];
}

export const nothingRecent: RecentReader = {
  after: () => [],
  command: () => undefined,
  current: (heads) => [...heads],
};
