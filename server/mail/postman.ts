import { randomInt } from 'node:crypto';
import { limits } from '../../protocol/limits.ts';
import type { Clock } from '../desk/clock.ts';
import type { Log } from '../desk/log.ts';
import { createRounds, type Rounds } from '../desk/rounds.ts';
import { retryDelayMs } from '../domain/retry-delay.ts';
import type { MailTrouble, OutboxMail } from '../store/outbox-store.ts';
import type { Store } from '../store/store.ts';
import type { MailFolder } from './mail-folder.ts';
import { type Mail, MailError, type Mailer } from './mailer.ts';

export interface PostmanOptions {
  readonly store: Pick<Store, 'outbox'>;
  readonly mailer: Mailer;
  readonly folder: Pick<MailFolder, 'remove'>;
  readonly compose: (mail: OutboxMail) => Promise<Mail | null>;
  readonly clock: Clock;
  readonly log: Log;
  /** From 0 to 1. */
  readonly chance?: () => number;
}

/** What is cut short by `stop` is tried again at the next start. */
export type Postman = Pick<Rounds, 'start' | 'stop' | 'wake' | 'idle'>;

const atOnce = 8;
/** Outlives every try, whose steps have `mailTimeoutMs` each. */
const claimMs = 6 * limits.mailTimeoutMs;

/**
 * Delivers what is in the outbox. A mail waits in the store until it is known that it has left, so whoever is killed in
 * between leaves it to a successor, who sends it again under the same Message-ID.
 */
export function createPostman(options: PostmanOptions): Postman {
  const { store, mailer, folder, compose, clock, log, chance = () => randomInt(1000) / 1000 } = options;
  const { outbox } = store;

  async function deliver(mail: OutboxMail): Promise<void> {
    try {
      const letter = await compose(mail);
      if (!letter) throw new MailError('nothing_to_send', '', true);
      await mailer.send(letter);
    } catch (error) {
      // What is not the mail's own trouble is the store's: it stays claimed, and is tried again when that is over.
      if (!(error instanceof MailError)) throw error;
      return postpone(mail, error);
    }
    // Forgotten while it was on its way: what lies in the folder is forgotten as well.
    if (!(await outbox.settle(mail.id, clock.now()))) await folder.remove([mail.id]);
  }

  async function postpone(mail: OutboxMail, { code, message: detail, isFinal }: MailError): Promise<void> {
    const now = clock.now();
    const trouble: MailTrouble = { code, detail };
    const isOver = isFinal || now - mail.createdAt >= limits.mailGiveUpMs;
    await outbox.postpone(mail.id, now, trouble, isOver ? null : now + retryDelayMs(mail.tries + 1, chance()));
    // Neither address nor text: what is in the log stays there.
    log.warn({ mail: mail.id, code, tries: mail.tries + 1, isOver }, 'a mail did not leave');
  }

  async function take(mail: OutboxMail, now: number): Promise<void> {
    try {
      if (await outbox.claim(mail, now + claimMs)) await deliver(mail);
    } catch (error) {
      log.error({ err: error, mail: mail.id }, 'a mail could not be seen to');
    }
  }

  async function takeDue(): Promise<void> {
    for (;;) {
      const now = clock.now();
      const mails = rounds.isStopped ? [] : await outbox.due(now, atOnce);
      await Promise.all(mails.map((mail) => take(mail, now)));
      if (mails.length < atOnce) return;
    }
  }

  const rounds = createRounds({
    clock,
    takeDue,
    nextDueAfter: outbox.nextDueAfter,
    async sweep(now) {
      await folder.remove(await outbox.sweep(now - limits.mailKeptMs));
      return false;
    },
    onError: (error) => log.error({ err: error }, 'the outbox could not be looked through'),
  });
  return rounds;
}
