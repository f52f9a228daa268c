import { limits } from '../../protocol/limits.ts';
import type { Desk } from '../desk/desk.ts';
import { type Batch, createFollower, type Follower, type FollowerOptions } from '../desk/follower.ts';
import { concernsTranscripts, type DueMail, dueTranscripts, nobodyWaits } from '../domain/due-transcripts.ts';
import { createId, createSecretToken, hashToken } from '../identity/secret-token.ts';
import { type Confirmation, type MailStep, mailFollower, type NewMail } from '../store/outbox-store.ts';
import type { ConversationHead, Store } from '../store/store.ts';
import { type MailLanguage, mailLanguage } from './wording.ts';

export type DerivingOptions = Pick<FollowerOptions, 'bus' | 'clock' | 'log'> & {
  readonly store: Pick<Store, 'log' | 'followers' | 'conversations' | 'sites' | 'outbox'>;
  readonly desk: Pick<Desk, 'transcribe'>;
  /** There may be something to deliver. */
  readonly onRecorded: () => void;
};

/**
 * Writes the mails that follow from what was committed into the outbox, with its own position in the log in one
 * transaction: so each is written once, whatever breaks (`docs/decisions/0012-mails-follow-the-log.md`).
 */
export function createMailFollower({ store, desk, onRecorded, ...rest }: DerivingOptions): Follower {
  async function stepOf({ organization, conversation, from, memory, events }: Batch): Promise<MailStep> {
    const { standing, due } = dueTranscripts(memory === '' ? nobodyWaits : JSON.parse(memory), events);
    const hasEnded = events.some(({ body }) => body.type === 'ended');
    const head = due.length > 0 || hasEnded ? await store.conversations.find(conversation) : null;
    if (head && hasEnded) await transcribe(head);
    const written = head ? due.map(writer(head, await languageOf(head))) : [];
    return {
      organization,
      conversation,
      from,
      to: events.at(-1)?.seq ?? from,
      memory: standing === nobodyWaits ? '' : JSON.stringify(standing),
      mails: written.map(({ mail }) => mail),
      confirmations: written.flatMap(({ confirmation }) => confirmation ?? []),
    };
  }

  /** Becomes an event of its own, which leads here again; done twice, it is done once. */
  async function transcribe({ id, site }: ConversationHead): Promise<void> {
    const settings = (await store.sites.find(site))?.settings;
    if (settings?.transcript === 'always') await desk.transcribe(id);
  }

  /** That the visitor was spoken to in. */
  async function languageOf({ id }: ConversationHead): Promise<MailLanguage> {
    const [first] = await store.log.read(id, 0, 1);
    return mailLanguage(first?.body.type === 'requested' ? first.body.locale : undefined);
  }

  return createFollower({
    ...rest,
    store,
    name: mailFollower,
    concerns: concernsTranscripts,
    async handle(batches) {
      const steps = await Promise.all(batches.map(stepOf));
      const lost = await store.outbox.record(steps, rest.clock.now());
      if (steps.some(({ mails }) => mails.length > 0)) onRecorded();
      return lost;
    },
  });
}

interface Written {
  readonly mail: NewMail;
  readonly confirmation?: Confirmation;
}

const writer =
  ({ id: conversation, organization, site, session }: ConversationHead, language: MailLanguage) =>
  ({ kind, email, seq, at }: DueMail): Written => {
    const mail = { id: createId<'mail'>(), recipient: email, language, createdAt: at, session };
    if (kind === 'transcript') return { mail: { ...mail, subject: { kind, conversation, site, seq }, secret: null } };
    const secret = createSecretToken();
    return {
      mail: { ...mail, subject: { kind, conversation, site }, secret },
      confirmation: {
        tokenHash: hashToken(secret),
        organization,
        conversation,
        site,
        email,
        language,
        expiresAt: at + limits.confirmationMs,
      },
    };
  };
