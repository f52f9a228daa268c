import nodemailer from 'nodemailer';
import { limits } from '../../protocol/limits.ts';
import { MailError, type Mailer } from './mailer.ts';
import { messageOf } from './message.ts';

interface SmtpOptions {
  /** `smtp://user:password@host:587`, or `smtps://`; nodemailer's options may stand in its query. */
  readonly url: string;
  readonly from: string;
}

/** Gives mails to a mail server, each over a connection of its own: they are few, and a broken one takes no other along. */
export function createSmtpMailer({ url, from }: SmtpOptions): Mailer {
  const patience = limits.mailTimeoutMs;
  const transport = nodemailer.createTransport({
    url,
    connectionTimeout: patience,
    greetingTimeout: patience,
    socketTimeout: patience,
  });
  return {
    way: 'smtp',
    async send(mail) {
      try {
        await transport.sendMail(messageOf(mail, from));
      } catch (error) {
        throw failureOf(error as SmtpError);
      }
    },
  };
}

type SmtpError = Error & { code?: string; command?: string; responseCode?: number; response?: string };

/**
 * What the server says of the recipient or of the mail with a 5xx is final (RFC 5321, 4.2.1). What it says of us is not:
 * somebody will mend a password or a sender, and the mails still wait.
 */
function failureOf(error: SmtpError): MailError {
  const { code = '', command = '', responseCode = 0 } = error;
  const detail = (error.response ?? error.message).replace(/\p{Cc}+/gu, ' ').slice(0, 300);
  const isFinal = responseCode >= 500;
  if (command.startsWith('MAIL')) return new MailError('mail_refused', detail);
  if (command.startsWith('RCPT') || code === 'EENVELOPE') return new MailError('recipient_refused', detail, isFinal);
  if (code === 'EAUTH') return new MailError('sign_in_refused', detail);
  if (command.startsWith('DATA') || code === 'EMESSAGE') return new MailError('mail_refused', detail, isFinal);
  return new MailError('unreachable', detail);
}
