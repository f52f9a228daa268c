import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import nodemailer from 'nodemailer';
import type { MailId } from '../../protocol/ids.ts';
import { MailError, type Mailer } from './mailer.ts';
import { messageOf, ownAddress } from './message.ts';

/** Where mails go that no mail server takes: `mail/` in the data folder, a file each, as mail programs open them. */
export interface MailFolder {
  readonly mailer: Mailer;
  /** The file; null where it is not there. */
  read(id: MailId): Promise<Buffer | null>;
  remove(ids: readonly MailId[]): Promise<void>;
}

const safeName = /^[A-Za-z0-9_-]{1,64}$/;

export function createMailFolder(dataDir: string): MailFolder {
  const folder = join(dataDir, 'mail');
  const composer = nodemailer.createTransport({ streamTransport: true, buffer: true, newline: 'windows' });

  const pathOf = (id: MailId): string => {
    if (!safeName.test(id)) throw new Error('A mail has an id of another form.');
    return join(folder, `${id}.eml`);
  };

  /** Whole or not at all, and on disk when this resolves. */
  async function write(id: MailId, content: Buffer): Promise<void> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const draft = `${pathOf(id)}.draft`;
    const file = await open(draft, 'w', 0o600);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, pathOf(id));
  }

  return {
    mailer: {
      way: 'folder',
      async send(mail) {
        const { message } = await composer.sendMail(messageOf(mail, ownAddress));
        await write(mail.id, message as Buffer).catch((error: Error) => {
          throw new MailError('folder', error.message);
        });
      },
    },

    async read(id) {
      try {
        return await readFile(pathOf(id));
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
        throw error;
      }
    },

    async remove(ids) {
      for (const id of ids) await rm(pathOf(id), { force: true });
    },
  };
}
