import { describe, expect, type TestContext, test } from 'vitest';
import type { ConversationId, MailId } from '../../../protocol/ids.ts';
import { limits } from '../../../protocol/limits.ts';
import { createFakeClock } from '../../desk/test/fake-clock.ts';
import { openStore } from '../../store/open-store.ts';
import type { OutboxMail } from '../../store/outbox-store.ts';

import { furnish, newId, open } from '../../store/test/furnish.ts';
import { createForgetMail } from '../forget-mail.ts';
import { createMailFolder } from '../mail-folder.ts';
import { type Mail, MailError } from '../mailer.ts';
import { createPostman, type Postman } from '../postman.ts';
import { openFolder } from './open-folder.ts';

const hourMs = 3_600_000;

/** An outbox, and a mailer that does what the test says. */
async function openPostman(t: TestContext, send: (mail: Mail) => Promise<void>) {
  const dataDir = await openFolder(t);
  const store = await openStore({ dataDir });
  const furnished = await furnish(store);
  const { organization, site } = furnished;
  const postmen = new Set<Postman>();
  const clock = createFakeClock({
    settle: async () => {
      for (const postman of postmen) await postman.idle();
    },
  });
  const complaints: object[] = [];
  const complain = (details: object) => void complaints.push(details);
  const folder = createMailFolder(dataDir);
  t.onTestFinished(async () => {
    for (const postman of postmen) await postman.stop();
    await store.close();
  });

  const compose = async ({ id, recipient: to, createdAt }: OutboxMail): Promise<Mail> => ({
    id,
    to,
    createdAt,
    fromName: '',
    subject: 's',
    text: 't',
    html: 'h',
  });

  return {
    store,
    folder,
    clock,
    organization,
    complaints,
    /** A node that delivers, or the same one after a restart. */
    start(mailer = send) {
      const postman = createPostman({
        store,
        folder,
        compose,
        clock,
        mailer: { way: 'smtp', send: mailer },
        log: { warn: complain, error: complain },
        chance: () => 0,
      });
      postmen.add(postman);
      postman.start();
      return postman;
    },
    async write(recipient = 'vera@visitor.example', createdAt = clock.now()) {
      const head = await open(store, furnished, { phase: 'ended' });
      const { id: conversation, session } = head;
      const id = newId<'mail'>() as MailId;
      const subject = { kind: 'transcript', conversation, site: site.id, seq: 1 } as const;
      const mail = { id, subject, recipient, language: 'en', createdAt, secret: null, session } as const;
      const step = { organization, conversation, from: 0, to: 1, memory: '', mails: [mail], confirmations: [] };
      await store.outbox.record([step], clock.now());
      return { id, conversation: conversation as ConversationId };
    },
    stateOf: async (id: MailId) => (await store.outbox.find(organization, id))?.state,
  };
}

const down = async () => {
  throw new MailError('unreachable', 'connect ECONNREFUSED');
};

describe('the postman', () => {
  test('E169 loses nothing while the mail server is down for ten minutes, and sends each once when it is back', async (t) => {
    const sent: MailId[] = [];
    let isUp = false;
    const { write, start, clock, stateOf } = await openPostman(t, async ({ id }) => {
      if (!isUp) await down();
      sent.push(id);
    });
    const mails = [];
    for (let count = 0; count < 20; count++) mails.push((await write(`v${count}@visitor.example`)).id);
    start();
    await clock.advance(600_000);
    expect([sent, await stateOf(mails[0] as MailId)]).toEqual([[], 'waiting']);
    isUp = true;
    await clock.advance(hourMs);
    expect(sent.sort()).toEqual(mails.sort());
    expect(await stateOf(mails[0] as MailId)).toBe('sent');
  });

  test('tries less and less often, and gives up after a day; somebody may ask for one more try', async (t) => {
    const tries: number[] = [];
    const { write, start, clock, stateOf, store, organization, complaints } = await openPostman(t, async () => {
      tries.push(clock.now());
      await down();
    });
    const begun = clock.now();
    const { id } = await write();
    const postman = start();
    await clock.advance(26 * hourMs);
    const waits = tries.slice(1).map((at, index) => at - (tries[index] as number));
    expect(waits.slice(0, 4)).toEqual([5000, 10_000, 20_000, 40_000]);
    expect(Math.max(...waits)).toBeLessThanOrEqual(hourMs);
    expect((tries.at(-1) as number) - begun).toBeGreaterThanOrEqual(limits.mailGiveUpMs);
    expect(await store.outbox.find(organization, id)).toMatchObject({
      state: 'failed',
      nextAt: null,
      tries: tries.length,
      failure: { code: 'unreachable', detail: 'connect ECONNREFUSED' },
    });
    const before = tries.length;
    expect(await store.outbox.retry(organization, id, clock.now())).toBe(true);
    postman.wake();
    await postman.idle();
    expect([tries.length, await stateOf(id)]).toEqual([before + 1, 'failed']);
    expect(JSON.stringify(complaints)).not.toContain('visitor.example');
  });

  test('does not come back to an address that the mail server will never take', async (t) => {
    let tries = 0;
    const { write, start, clock, stateOf } = await openPostman(t, async () => {
      tries++;
      throw new MailError('recipient_refused', '550 no such user', true);
    });
    const { id } = await write();
    start();
    await clock.advance(26 * hourMs);
    expect([tries, await stateOf(id)]).toEqual([1, 'failed']);
  });

  test('E169 leaves to a successor what it was at, which goes again under the same id', async (t) => {
    const sent: MailId[] = [];
    const never = Promise.withResolvers<void>();
    const { write, start, clock } = await openPostman(t, async ({ id }) => void sent.push(id));
    t.onTestFinished(() => never.resolve());
    const { id } = await write();
    const reached = Promise.withResolvers<void>();
    const cut = start(async (mail) => {
      sent.push(mail.id);
      reached.resolve();
      await never.promise;
    });
    await reached.promise;
    const successor = start();
    await successor.idle();
    expect(sent).toEqual([id]);
    never.reject(new Error('the process is gone'));
    await cut.idle();
    await clock.advance(hourMs);
    expect(sent).toEqual([id, id]);
  });

  test('two of them send a mail once', async (t) => {
    const sent: MailId[] = [];
    const { write, start, clock } = await openPostman(t, async ({ id }) => void sent.push(id));
    const ids = [];
    for (let count = 0; count < 12; count++) ids.push((await write(`v${count}@visitor.example`)).id);
    start();
    start();
    await clock.advance(hourMs);
    expect(sent.sort()).toEqual(ids.sort());
  });

  test('G takes away what is old, and what is to be forgotten, from the folder too', async (t) => {
    const { write, start, clock, folder, store, organization } = await openPostman(t, async () => {});
    const mailer = (mail: Mail) => folder.mailer.send(mail);
    const old = await write('old@visitor.example', clock.now() - limits.mailKeptMs + 1);
    const postman = start(mailer);
    await clock.advance(0);
    expect(await folder.read(old.id)).not.toBeNull();
    await clock.advance(hourMs + 60_000);
    expect([await folder.read(old.id), await store.outbox.find(organization, old.id)]).toEqual([null, null]);

    const chat = await write();
    await clock.advance(0);
    postman.wake();
    await postman.idle();
    expect(await folder.read(chat.id)).not.toBeNull();
    await createForgetMail({ store, folder })([chat.conversation]);
    expect([await folder.read(chat.id), await store.outbox.find(organization, chat.id)]).toEqual([null, null]);
  });

  test('G224 leaves nothing in the folder of what was forgotten while it was written', async (t) => {
    const { write, start, folder, store } = await openPostman(t, async () => {});
    const forget = createForgetMail({ store, folder });
    const { id, conversation } = await write();
    const postman = start(async (mail) => {
      await forget([conversation]);
      await folder.mailer.send(mail);
    });
    await postman.idle();
    expect(await folder.read(id)).toBeNull();
  });
});
