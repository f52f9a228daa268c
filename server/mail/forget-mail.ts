import type { ConversationId, OrganizationId } from '../../protocol/ids.ts';
import type { Store } from '../store/store.ts';
import type { MailFolder } from './mail-folder.ts';

interface ForgetOptions {
  readonly store: Pick<Store, 'outbox'>;
  readonly folder: Pick<MailFolder, 'remove'>;
}

/**
 * Removes what was written about a conversation, or to an address, from the outbox and from the folder; the files first,
 * since the outbox is what leads to them. To be called before a conversation is deleted, which takes its rows along.
 */
export const createForgetMail =
  ({ store: { outbox }, folder }: ForgetOptions) =>
  async (
    organization: OrganizationId,
    about: { readonly conversation: ConversationId } | { readonly email: string },
  ): Promise<number> => {
    const ids = await outbox.idsOf(organization, about);
    await folder.remove(ids);
    await outbox.forget(organization, ids);
    return ids.length;
  };
