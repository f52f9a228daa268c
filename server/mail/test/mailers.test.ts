import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { domainToASCII } from 'node:url';
import fc from 'fast-check';
import { simpleParser } from 'mailparser';
import { describe, expect, type TestContext, test } from 'vitest';
import type { MailId } from '../../../protocol/ids.ts';
import { parseEmail } from '../../domain/contact.ts';
import { createMailFolder } from '../mail-folder.ts';
import type { Mail } from '../mailer.ts';
import { readMail } from '../read-mail.ts';
import { createSmtpMailer } from '../smtp-mailer.ts';
import { openMailSink } from './mail-sink.ts';
import { openFolder } from './open-folder.ts';

const seed = Date.now() & 0x7fffffff;
console.info(`server/mail: seed ${seed}`);

const mailOf = (change: Partial<Mail> = {}): Mail => ({
  id: 'mail-1' as MailId,
  fromName: 'Lamps',
  to: 'vera@visitor.example',
  subject: 'Your chat transcript',
  text: 'Hello',
  html: '<p>Hello</p>',
  createdAt: 1_700_000_000_000,
  ...change,
});

async function openSmtp(t: TestContext, options = {}) {
  const sink = await openMailSink(t, options);
  return { sink, mailer: createSmtpMailer({ url: sink.url, from: 'desk@balie.example' }) };
}

const headOf = (raw: string) => raw.slice(0, raw.indexOf('\r\n\r\n')).replace(/\r\n[ \t]/g, ' ');
const namesOf = (raw: string) =>
  headOf(raw)
    .split('\r\n')
    .map((line) => line.split(':')[0]);

const usualHead = [
  'From',
  'To',
  'Subject',
  'Message-ID',
  'Date',
  'Auto-Submitted',
  'MIME-Version',
  'Content-Type',
].sort();

describe('a mail server', () => {
  test('5: gets a mail with a text, an HTML part, and a Message-ID that is the same again', async (t) => {
    const { sink, mailer } = await openSmtp(t);
    await mailer.send(mailOf());
    await mailer.send(mailOf());
    const [first, second] = sink.received;
    expect(first?.parsed).toMatchObject({
      subject: 'Your chat transcript',
      messageId: '<mail-1@balie.example>',
      date: new Date(1_700_000_000_000),
      from: { value: [{ name: 'Lamps', address: 'desk@balie.example' }] },
      to: { value: [{ name: '', address: 'vera@visitor.example' }] },
    });
    expect(first?.parsed.text?.trim()).toBe('Hello');
    expect(first?.parsed.html).toContain('<p>Hello</p>');
    expect(first?.parsed.attachments).toEqual([]);
    expect(second?.parsed.messageId).toBe(first?.parsed.messageId);
    expect(first?.from).toBe('desk@balie.example');
  });

  test.for([
    ['a line end and a header', 'Lamps\r\nBcc: evil@evil.example\r\n\r\nHello'],
    ['an address', 'Lamps <evil@evil.example>, more'],
    ['a quote and an address', 'Lamps" <evil@evil.example>, "'],
    ['controls and a NUL', 'La\0mps\u000b\u2028Bcc: evil@evil.example'],
    ['an encoded word', '=?utf-8?Q?Lamps=0D=0ABcc:_evil@evil.example?='],
    ['a right-to-left mark and 5000 letters', `\u202e${'x'.repeat(5000)}`],
  ] as const)(
    'E164 is asked for exactly one recipient, whatever stands in the sender’s name: %s',
    async ([, fromName], t) => {
      const { sink, mailer } = await openSmtp(t);
      await mailer.send(mailOf({ fromName }));
      const [{ to, raw, parsed } = { to: [], raw: '', parsed: undefined }] = sink.received;
      expect(to).toEqual(['vera@visitor.example']);
      expect(namesOf(raw).sort()).toEqual(usualHead);
      expect(parsed?.from?.value).toMatchObject([{ address: 'desk@balie.example' }]);
      expect(parsed?.to).toMatchObject({ value: [{ address: 'vera@visitor.example' }] });
    },
  );

  test('E164 is asked for the address that was taken for one, and for no other, whatever the address', async (t) => {
    const { sink, mailer } = await openSmtp(t);
    const part = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 });
    const evil = fc.constantFrom('\r\nRCPT TO:<x@evil.example>', '>', '<', ',', ';', '"', '\0', ' ', '(', '@x.example');
    const address = fc
      .tuple(fc.oneof(part, fc.constant('vera')), fc.option(evil, { nil: '' }), part)
      .map(([local, more, host]) => `${local}${more}@${host}.visitor.example`);
    let taken = 0;
    await fc.assert(
      fc.asyncProperty(fc.oneof(address, fc.emailAddress()), async (input) => {
        const parsed = parseEmail(input);
        if (!parsed.ok) return;
        const before = sink.received.length;
        try {
          await mailer.send(mailOf({ to: parsed.value }));
        } catch {
          // The mail server may refuse what no rule of ours does; what counts is that nobody else gets it.
          return expect(sink.received).toHaveLength(before);
        }
        taken++;
        const { to, raw } = sink.received[before] as (typeof sink.received)[number];
        expect(to).toHaveLength(1);
        expect(inLetters(to[0] as string)).toBe(inLetters(parsed.value));
        expect(namesOf(raw).sort()).toEqual(usualHead);
      }),
      { numRuns: 150, seed },
    );
    expect(taken).toBeGreaterThan(20);
  });

  test('E164 is spoken to in letters that it knows where the domain is of another alphabet', async (t) => {
    const { sink, mailer } = await openSmtp(t);
    await mailer.send(mailOf({ to: 'vera@müller.example' }));
    expect(sink.received).toHaveLength(1);
    expect(sink.received[0]?.raw).toMatch(/^To: vera@xn--mller-kva\.example\r$/m);
  });

  test('says in its own words why it takes a mail not, and whether ever', async (t) => {
    const refusing = (at: 'onRcptTo' | 'onMailFrom', responseCode: number) => ({
      [at]: (_address: unknown, _session: unknown, done: (error: Error) => void) =>
        done(Object.assign(new Error('we do not like it\u001b[31m'), { responseCode })),
    });
    const never = await openSmtp(t, refusing('onRcptTo', 550));
    const detail = expect.stringContaining('we do not like it');
    await expect(never.mailer.send(mailOf())).rejects.toMatchObject({ code: 'recipient_refused', isFinal: true });
    const later = await openSmtp(t, refusing('onRcptTo', 451));
    await expect(later.mailer.send(mailOf())).rejects.toMatchObject({
      code: 'recipient_refused',
      isFinal: false,
      message: detail,
    });
    const us = await openSmtp(t, refusing('onMailFrom', 550));
    await expect(us.mailer.send(mailOf())).rejects.toMatchObject({ isFinal: false, message: detail });
    const signIn = await openMailSink(t, {
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: (_auth, _session, done) => done(new Error('wrong')),
    });
    const wrong = createSmtpMailer({ url: `smtp://desk:wrong@127.0.0.1:${signIn.port}`, from: 'desk@balie.example' });
    await expect(wrong.send(mailOf())).rejects.toMatchObject({ code: 'sign_in_refused', isFinal: false });
    const nobody = createSmtpMailer({ url: 'smtp://127.0.0.1:1', from: 'desk@balie.example' });
    await expect(nobody.send(mailOf())).rejects.toMatchObject({ code: 'unreachable', isFinal: false });
  });
});

describe('the folder', () => {
  test('5: keeps a mail as a file that mail programs open, that nobody else on the machine reads', async (t) => {
    const dataDir = await openFolder(t);
    const folder = createMailFolder(dataDir);
    await folder.mailer.send(mailOf({ text: 'Grüße', fromName: 'Lampen & Söhne' }));
    await folder.mailer.send(mailOf({ text: 'Grüße again' }));
    const path = join(dataDir, 'mail', 'mail-1.eml');
    expect(await readdir(join(dataDir, 'mail'))).toEqual(['mail-1.eml']);
    expect((await stat(path)).mode & 0o077).toBe(0);
    const parsed = await simpleParser(await readFile(path));
    expect(parsed).toMatchObject({ subject: 'Your chat transcript', messageId: '<mail-1@localhost>' });
    const file = (await folder.read('mail-1' as MailId)) as Buffer;
    expect(await readMail(file)).toEqual({
      from: 'Lamps <balie@localhost>',
      subject: 'Your chat transcript',
      text: 'Grüße again\n',
    });
  });

  test('G gives a mail away for good', async (t) => {
    const folder = createMailFolder(await openFolder(t));
    await folder.mailer.send(mailOf());
    await folder.remove(['mail-1' as MailId, 'never-was' as MailId]);
    expect(await folder.read('mail-1' as MailId)).toBeNull();
  });

  test('is left by no name', async (t) => {
    const folder = createMailFolder(await openFolder(t));
    await expect(folder.read('../balie' as MailId)).rejects.toThrow();
    await expect(folder.mailer.send(mailOf({ id: '../../x' as MailId }))).rejects.toMatchObject({ code: 'folder' });
  });
});

/**
 * The mail server of the test tells domains in their own alphabet again. Before the @ it is told in quotes what has a dot at
 * an end, or two in a row, which says the same (RFC 5321, 4.1.2); we take no address in quotes.
 */
const inLetters = (email: string) => {
  const [local = '', domain = ''] = email.split('@');
  return `${local.replace(/^"([^"]*)"$/, '$1')}@${domainToASCII(domain)}`;
};
