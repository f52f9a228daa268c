import type { AgentId, ConversationId } from '../../protocol/ids.ts';
import type { Bus } from '../bus/bus.ts';
import type { FileKeeper } from '../files/files.ts';
import type { ForgetMail } from '../mail/forget-mail.ts';
import type { ConversationHead, Store } from '../store/store.ts';

export interface ErasingParts {
  readonly store: Pick<Store, 'conversations' | 'log' | 'privacy'>;
  readonly bus: Bus;
  readonly files: Pick<FileKeeper, 'deleteBytes'>;
  readonly forgetMail: ForgetMail;
}

/** Mails first, since rows lead to them; rows in one transaction, then what is remembered of them, then their files. */
export async function eraseConversations(parts: ErasingParts, ids: readonly ConversationId[]): Promise<void> {
  const { store, bus } = parts;
  const heads = await Promise.all(ids.map((id) => store.conversations.find(id)));
  await parts.forgetMail(ids);
  await store.log.erase(ids);
  for (const id of ids) bus.publish('log', { kind: 'rewritten', conversation: id });
  for (const head of heads) if (head) tellErased(bus, head);
  await deleteDoomedFiles(parts);
}

/** Its agents, and whoever reads along. */
function tellErased(bus: Bus, head: ConversationHead): void {
  const gone = { kind: 'gone', conversation: head.id, reason: 'erased' } as const;
  for (const agent of agentsOf(head)) bus.publish(`agent:${agent}`, gone);
  bus.publish(`conversation:${head.id}`, gone);
}

const agentsOf = ({ agent, guests }: ConversationHead): AgentId[] => [...(agent ? [agent] : []), ...guests];

const filesAtOnce = 200;

/** Also those that an earlier try did not come to. */
export async function deleteDoomedFiles({ store, files }: Pick<ErasingParts, 'store' | 'files'>): Promise<number> {
  let deleted = 0;
  for (;;) {
    const ids = await store.privacy.doomedFiles(filesAtOnce);
    for (const id of ids) {
      await files.deleteBytes(id);
      await store.privacy.fileGone(id);
    }
    deleted += ids.length;
    if (ids.length < filesAtOnce) return deleted;
  }
}
