import PostalMime from 'postal-mime';
import type { MailContent } from '../../protocol/mail.ts';

/** What a mail program would show of a file in the folder, as plain text. */
export async function readMail(file: Buffer): Promise<MailContent> {
  const { from, subject = '', text = '' } = await PostalMime.parse(file);
  return { from: from?.name ? `${from.name} <${from.address}>` : (from?.address ?? ''), subject, text };
}
