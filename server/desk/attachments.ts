import type { Audience, FileRef } from '../../protocol/entities.ts';
import type { AgentId, CommandId, ConversationId, FileId } from '../../protocol/ids.ts';
import { type Refusal, refuse } from '../domain/refusal.ts';
import type { StoredFile } from '../store/files-store.ts';
import type { Store } from '../store/store.ts';
import type { Outcome } from './execute.ts';

export interface Attaching {
  readonly conversation: ConversationId;
  /** Who uploaded them: an agent, or null for the visitor. */
  readonly agent: AgentId | null;
  readonly audience: Audience;
  readonly command: CommandId;
  readonly files: readonly FileId[];
}

type Taken = { readonly ok: true; readonly files: FileRef[] } | { readonly ok: false; readonly refusal: Refusal };

/**
 * Files that a message carries. They are taken for its command before the log is asked, so that no file is ever in two
 * messages, and not in one of another audience than it was uploaded for; a command that is refused gives them back.
 */
export interface Attachments {
  take(attaching: Attaching): Promise<Taken>;
  settle(attaching: Attaching, outcome: Outcome): Promise<void>;
}

export function createAttachments({ store }: { readonly store: Pick<Store, 'files'> }): Attachments {
  return {
    async take({ conversation, agent, audience, command, files: ids }) {
      const files = await store.files.findAll(ids);
      const isTheirs = (file: StoredFile) =>
        file.conversation === conversation && file.agent === agent && file.audience === audience;
      if (files.length !== ids.length || !files.every(isTheirs)) return refused('file_unknown', noFile);
      if (files.some(({ state }) => state === 'pending'))
        return refused('wrong_state', 'A file is still being checked.');
      if (!(await store.files.take(ids, command)))
        return refused('file_taken', 'A file was sent with another message.');
      return { ok: true, files: files.map(refOf) };
    },

    async settle({ command, files }, outcome) {
      if (outcome.kind === 'done') await store.files.markSent(files, command);
      // Where nobody knows what became of it, the files stay with the command, which is sent again.
      else if (outcome.refusal.code !== 'unavailable') await store.files.release(files, command);
    },
  };
}

export const refOf = ({ id, name, kind, bytes, width, height }: StoredFile): FileRef => ({
  id,
  name,
  kind,
  bytes,
  ...(width !== null && { width }),
  ...(height !== null && { height }),
});

const noFile = 'There is no such file for this message; upload it again.';
const refused = (code: Refusal['code'], message: string) =>
  ({ ok: false, refusal: refuse(code, message, 'files') }) as const;
