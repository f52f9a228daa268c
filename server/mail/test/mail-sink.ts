import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import type { TestContext } from 'vitest';

export interface Received {
  readonly to: readonly string[];
  readonly from: string;
  /** As it came over the wire. */
  readonly raw: string;
  readonly parsed: ParsedMail;
}

/** A mail server that keeps what it gets, or refuses it as the test says. */
export async function openMailSink(
  t: Pick<TestContext, 'onTestFinished'>,
  /** `beforeAnswer`: it has the mail, and has not said so yet. */
  { beforeAnswer = async () => {}, ...options }: SMTPServerOptions & { beforeAnswer?: () => Promise<void> } = {},
) {
  const received: Received[] = [];
  const waiting = new Set<() => void>();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    ...options,
    onData(stream, session, done) {
      const { mailFrom, rcptTo } = session.envelope;
      const keep = async () => {
        const raw = await buffer(stream);
        const to = rcptTo.map(({ address }) => address);
        const from = mailFrom ? mailFrom.address : '';
        received.push({ to, from, raw: raw.toString(), parsed: await simpleParser(raw) });
        for (const look of [...waiting]) look();
      };
      keep()
        .then(beforeAnswer)
        .then(() => done(), done);
    },
  });
  // Who hangs up in the middle is what some tests are about.
  server.on('error', () => {});
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  t.onTestFinished(() => new Promise<void>((resolve) => void server.close(() => resolve())));
  return {
    received,
    port,
    url: `smtp://127.0.0.1:${port}`,
    /** Resolves once so many have come. */
    has(count: number): Promise<void> {
      return new Promise((resolve) => {
        const look = () => {
          if (received.length < count) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      });
    },
  };
}
