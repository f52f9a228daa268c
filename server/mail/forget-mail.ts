import type { ConversationId } from '../../protocol/ids.ts';
import type { Store } from '../store/store.ts';
import type { MailFolder } from './mail-folder.ts';

interface ForgetOptions {
  readonly store: Pick<Store, 'outbox'>;
  readonly folder: Pick<MailFolder, 'remove'>;
}

/** Of these conversations, which have ended, no mail is left and none leaves any more. */
export type ForgetMail = (conversations: readonly ConversationId[]) => Promise<void>;

/** The files first, since the outbox is what leads to them. */
export const createForgetMail =
  ({ store: { outbox }, folder }: ForgetOptions): ForgetMail =>
  async (conversations) => {
    await folder.remove(await outbox.idsOf(conversations));
    await outbox.forget(conversations);
  };
