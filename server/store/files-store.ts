import type { Audience, FileKind } from '../../protocol/entities.ts';
import type { AgentId, CommandId, ConversationId, FileId, OrganizationId } from '../../protocol/ids.ts';

/** A file that was uploaded; its bytes are in the blob store under its id. */
export interface StoredFile {
  readonly id: FileId;
  readonly organization: OrganizationId;
  readonly conversation: ConversationId;
  /** For whom it was uploaded. A message carries files of its own audience alone. */
  readonly audience: Audience;
  /** Null where the visitor uploaded it. */
  readonly agent: AgentId | null;
  readonly name: string;
  readonly kind: FileKind;
  /** The media type it is served as: found from the content, never the sender's word. */
  readonly type: string;
  readonly bytes: number;
  readonly width: number | null;
  readonly height: number | null;
  /** `pending` is still scanned; `taken` is claimed by a command that may not be in the log; `sent` is in the log. */
  readonly state: 'pending' | 'ready' | 'taken' | 'sent';
  readonly command: CommandId | null;
  readonly createdAt: number;
}

export interface Files {
  create(file: StoredFile): Promise<void>;
  find(id: FileId): Promise<StoredFile | null>;
  /** In the order of `ids`; those that are not there are left out. */
  findAll(ids: readonly FileId[]): Promise<StoredFile[]>;
  setReady(id: FileId): Promise<void>;
  /**
   * Takes all of them for one command, or none. True also where that command took them before, so that a resend finds
   * them; one command alone ever gets a file.
   */
  take(ids: readonly FileId[], command: CommandId): Promise<boolean>;
  /** That command is in the log: they are its own, whatever else was tried with them. */
  markSent(ids: readonly FileId[], command: CommandId): Promise<void>;
  /** Back to `ready`, where the command that took them was refused. */
  release(ids: readonly FileId[], command: CommandId): Promise<void>;
  /** Not sent, and uploaded before that time. */
  unsent(before: number, limit: number): Promise<StoredFile[]>;
  /** False where it is not in that state any more: a message may carry it by now. */
  delete(id: FileId, state: StoredFile['state']): Promise<boolean>;
  /** What a visitor uploaded to this conversation since then. */
  uploadedByVisitor(conversation: ConversationId, since: number): Promise<{ files: number; bytes: number }>;
}
