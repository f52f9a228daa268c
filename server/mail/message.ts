import { domainToASCII } from 'node:url';
import type { SendMailOptions } from 'nodemailer';
import type { Mail } from './mailer.ts';

/** The address that mails come from where nobody has set one: they stay in the folder. */
export const ownAddress = 'balie@localhost';

const control = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;

/**
 * A mail as nodemailer takes it. To whom it goes is said to the mail server apart from the head, as the one address that
 * it is, so that nothing in a head can add another.
 */
export const messageOf = (mail: Mail, from: string): SendMailOptions => ({
  envelope: { from, to: [inLetters(mail.to)] },
  from: { name: mail.fromName.replace(control, ' ').trim(), address: from },
  to: { name: '', address: inLetters(mail.to) },
  subject: mail.subject,
  text: mail.text,
  html: mail.html,
  messageId: `<${mail.id}@${from.slice(from.lastIndexOf('@') + 1)}>`,
  date: new Date(mail.createdAt),
  // RFC 3834: no machine need answer this.
  headers: { 'Auto-Submitted': 'auto-generated' },
  disableFileAccess: true,
  disableUrlAccess: true,
});

/** With the domain in the letters that every mail server knows (RFC 5891). */
function inLetters(email: string): string {
  const at = email.lastIndexOf('@');
  const domain = domainToASCII(email.slice(at + 1));
  // One that is no domain is the mail server's to refuse.
  return domain === '' ? email : `${email.slice(0, at)}@${domain}`;
}
