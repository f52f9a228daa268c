import type { Kysely, Transaction } from 'kysely';
import type { ConversationId, OrganizationId } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import { foldEmail } from '../domain/emails.ts';
import { advance } from './followers.ts';
import { type MailStep, type MailSubject, type MailTrouble, mailFollower, type NewMail } from './outbox-store.ts';
import type { Schema } from './schema.ts';
import type { OutboxTable } from './schema-outbox.ts';

const dayMs = 24 * 3_600_000;

/** What follows from the steps of the follower, written with its new positions. */
export async function recordMails(
  db: Transaction<Schema>,
  steps: readonly MailStep[],
  now: number,
): Promise<ConversationId[]> {
  const lost: ConversationId[] = [];
  for (const step of [...steps].sort((a, b) => (a.conversation < b.conversation ? -1 : 1))) {
    if (!(await advance(db, mailFollower, step))) {
      lost.push(step.conversation);
      continue;
    }
    for (const mail of step.mails) await insertMail(db, step.organization, mail, now);
    for (const { tokenHash, email, expiresAt, ...rest } of step.confirmations)
      await db
        .insertInto('confirmation')
        .values({ ...rest, token_hash: tokenHash, email, expires_at: expiresAt })
        .execute();
  }
  return lost;
}

/** In the transaction of what it follows from. One too many is kept too, and goes nowhere. */
export async function insertMail(
  db: Transaction<Schema>,
  organization: OrganizationId,
  mail: NewMail,
  now: number,
): Promise<void> {
  const isTooMuch = await exceeds(db, mail, now - dayMs);
  const trouble: MailTrouble | null = isTooMuch ? { code: 'recipient_limit', detail: '' } : null;
  await db
    .insertInto('outbox')
    .values({
      id: mail.id,
      organization,
      ...columnsOf(mail.subject),
      session: mail.session,
      recipient: mail.recipient,
      recipient_key: foldEmail(mail.recipient),
      language: mail.language,
      created_at: mail.createdAt,
      state: trouble ? 'failed' : 'waiting',
      tries: 0,
      tried_at: null,
      next_at: trouble ? null : now,
      failure: trouble?.code ?? null,
      detail: trouble?.detail ?? null,
      secret: mail.secret,
    })
    .execute();
}

/** By address over all organizations: whoever is written to does not care whose desk it is. */
async function exceeds(db: Kysely<Schema>, { recipient, session }: NewMail, since: number): Promise<boolean> {
  const recent = db
    .selectFrom('outbox')
    .select((of) => of.fn.countAll<number>().as('count'))
    .where('created_at', '>', since)
    .where((where) => where.or([where('failure', 'is', null), where('failure', '<>', 'recipient_limit')]));
  const toAddress = await recent.where('recipient_key', '=', foldEmail(recipient)).executeTakeFirstOrThrow();
  if (Number(toAddress.count) >= limits.mailsPerRecipientDay) return true;
  if (session === null) return false;
  const ofVisitor = await recent.where('session', '=', session).executeTakeFirstOrThrow();
  return Number(ofVisitor.count) >= limits.mailsPerSessionDay;
}

const columnsOf = (subject: MailSubject): Pick<OutboxTable, 'kind' | 'conversation' | 'site' | 'agent' | 'seq'> => ({
  kind: subject.kind,
  conversation: 'conversation' in subject ? subject.conversation : null,
  site: 'site' in subject ? subject.site : null,
  agent: 'agent' in subject ? subject.agent : null,
  seq: 'seq' in subject ? subject.seq : null,
});
