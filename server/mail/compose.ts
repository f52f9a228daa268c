import type { ConversationId, SiteId } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import { timeZoneOf } from '../desk/count-statistics.ts';
import type { LogEvent } from '../domain/conversation.ts';
import { transcriptLines } from '../domain/transcript-lines.ts';
import type { MailSubject, OutboxMail } from '../store/outbox-store.ts';
import type { Store } from '../store/store.ts';
import { type Letter, linkLetter } from './letter.ts';
import type { Mail } from './mailer.ts';
import { transcriptLetter } from './transcript-letter.ts';
import { createSay } from './wording.ts';

export interface ComposeOptions {
  readonly store: Pick<Store, 'log' | 'sites' | 'agents' | 'queues'>;
  /** Where links lead, without a slash at the end. */
  readonly origin: string;
}

type Written = { readonly fromName: string; readonly letter: Letter } | null;
type About<Kind extends MailSubject['kind']> = Extract<MailSubject, { kind: Kind }>;

/** Writes a mail of the outbox. Null where there is nothing to say, or its link is spent. */
export function createCompose({ store, origin }: ComposeOptions) {
  const siteName = async (site: SiteId) => (await store.sites.find(site))?.name ?? '';

  async function transcript({ conversation, site, seq }: About<'transcript'>, mail: OutboxMail): Promise<Written> {
    const lines = transcriptLines(await visibleUntil(store, conversation, seq));
    if (!lines.some((line) => 'author' in line)) return null;
    const name = await siteName(site);
    const timeZone = await timeZoneOf(mail.organization, store);
    return { fromName: name, letter: transcriptLetter({ lines, site: name, language: mail.language, timeZone }) };
  }

  async function confirmation({ site }: About<'confirmation'>, { language, secret }: OutboxMail): Promise<Written> {
    if (secret === null) return null;
    const say = createSay(language);
    const name = await siteName(site);
    const letter = linkLetter({
      language,
      subject: say('confirmation.subject'),
      title: say('confirmation.title'),
      explanation: say('confirmation.text', { site: name }),
      act: say('confirmation.act'),
      link: `${origin}/confirm/${secret}`,
      ignore: say('confirmation.ignore', { days: days(limits.confirmationMs) }),
    });
    return { fromName: name, letter };
  }

  async function invitation({ agent }: About<'invitation'>, mail: OutboxMail): Promise<Written> {
    const person = await store.agents.find(agent);
    if (mail.secret === null || !person) return null;
    const say = createSay(mail.language);
    const organization = (await store.queues.organization(mail.organization))?.name ?? '';
    const letter = linkLetter({
      language: mail.language,
      subject: say('invitation.subject'),
      title: say('invitation.title', { organization }),
      explanation: say('invitation.text', { name: person.name, email: person.email }),
      act: say('invitation.act'),
      link: welcomeLink(origin, mail.secret),
      ignore: say('invitation.ignore', { days: days(limits.staffLinkMs) }),
    });
    return { fromName: organization, letter };
  }

  function write(mail: OutboxMail): Promise<Written> {
    const { subject } = mail;
    switch (subject.kind) {
      case 'transcript':
        return transcript(subject, mail);
      case 'confirmation':
        return confirmation(subject, mail);
      case 'invitation':
        return invitation(subject, mail);
      default:
        return subject satisfies never;
    }
  }

  return async (mail: OutboxMail): Promise<Mail | null> => {
    const written = await write(mail);
    if (!written) return null;
    const { id, recipient: to, createdAt } = mail;
    return { id, to, createdAt, fromName: written.fromName, ...written.letter };
  };
}

/** The secret is after the `#`, which no server and no log ever sees. */
export const welcomeLink = (origin: string, secret: string): string => `${origin}/console/#/welcome/${secret}`;

const days = (ms: number): number => Math.round(ms / 86_400_000);

/** From the visitor's own copy of the log. */
async function visibleUntil(
  { log }: Pick<Store, 'log'>,
  conversation: ConversationId,
  seq: number,
): Promise<LogEvent[]> {
  const events: LogEvent[] = [];
  for (;;) {
    const page = await log.readVisible(conversation, events.at(-1)?.visitorSeq ?? 0, limits.historyPage);
    events.push(...page);
    if (page.length < limits.historyPage || (page.at(-1)?.seq ?? 0) >= seq) break;
  }
  return events.filter((event) => event.seq <= seq);
}
