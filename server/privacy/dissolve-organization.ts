import type { OrganizationId } from '../../protocol/ids.ts';
import type { MailFolder } from '../mail/mail-folder.ts';
import type { Store } from '../store/store.ts';
import { type ErasingParts, eraseConversations } from './erase-conversations.ts';

export interface DissolvingParts extends ErasingParts {
  readonly store: Pick<Store, 'conversations' | 'log' | 'organizations' | 'outbox' | 'privacy'>;
  readonly mailFolder: Pick<MailFolder, 'remove'>;
  readonly now: () => number;
}

/** Conversations, or mails, at a time. */
const manyAtOnce = 50;

/**
 * Deletes an organization with every row and file of it, and nothing else; throws where something of it is under a legal
 * hold. Whenever it is cut short, doing it again does the rest.
 */
export async function dissolveOrganization(parts: DissolvingParts, id: OrganizationId): Promise<void> {
  const { organizations, conversations, privacy } = parts.store;
  const held = await organizations.countHeld(id);
  if (held > 0) throw new Error(`${held} of its conversations are under a legal hold. Lift that first.`);
  await organizations.shut(id, parts.now());
  for (;;) {
    const heads = await conversations.page(id, null, null, manyAtOnce);
    if (heads.length === 0) break;
    await eraseConversations(
      parts,
      heads.map((head) => head.id),
    );
  }
  await removeMails(parts, id);
  await organizations.dissolve(id);
  await privacy.scrub();
}

/** Invitations: those of conversations went with them. The files first, since rows lead to them. */
async function removeMails({ store, mailFolder }: DissolvingParts, organization: OrganizationId): Promise<void> {
  let before: { readonly at: number; readonly id: string } | null = null;
  for (;;) {
    const mails = await store.outbox.page(organization, before, manyAtOnce);
    const last = mails.at(-1);
    if (!last) return;
    await mailFolder.remove(mails.map(({ id }) => id));
    before = { at: last.createdAt, id: last.id };
  }
}
