import { describe, expect, type TestContext, test } from 'vitest';
import { limits } from '../../../protocol/limits.ts';
import type { MailsPage } from '../../../protocol/mail.ts';
import type { SiteSettings } from '../../../protocol/site-settings.ts';
import { plainSite } from '../../domain/site.ts';
import { openMailSink, type Received } from '../../mail/test/mail-sink.ts';
import { openServer } from '../../test/open-server.ts';
import { signToken } from '../../test/sign-token.ts';
import type { TestVisitor } from '../../test/test-visitor.ts';

const canary = 'PRIV-0b6c3f';
const vera = 'vera@visitor.example';
const publicUrl = 'https://desk.example';

/** A running desk whose mails go to a mail server, and a chat at it. */
async function openChat(t: TestContext, { transcript = 'ask' as SiteSettings['transcript'], token = '' } = {}) {
  const sink = await openMailSink(t);
  const server = await openServer(t, { smtp: { url: sink.url, from: 'desk@balie.example' }, publicUrl });
  const { store, mails, postman } = server.context;
  const site = await store.sites.find('site-a' as never);
  if (!site) throw new Error('There is no site.');
  await store.sites.update(site.organization, site.id, { settings: { ...plainSite, transcript } });
  const anna = await server.agent();
  const visitor = server.connect();
  const ready = await visitor.hello(token ? { token } : {});
  await visitor.request({ locale: 'nl-NL' });
  const conversation = await anna.accept();
  await visitor.event('accepted');

  return {
    server,
    sink,
    anna,
    visitor,
    ready,
    conversation,
    /** All that can be sent now, is. */
    async posted(): Promise<readonly Received[]> {
      // What the desk itself appends meanwhile is followed in a second round.
      for (let round = 0; round < 2; round++) await mails.caughtUp();
      postman.wake();
      await postman.idle();
      return sink.received.filter(({ to }) => !to[0]?.endsWith('@balie.example'));
    },
    setTranscript: (mode: SiteSettings['transcript']) =>
      store.sites.update(site.organization, site.id, { settings: { ...plainSite, transcript: mode } }),
  };
}

const ask = (visitor: TestVisitor, email?: string) =>
  visitor.command({ type: 'transcript', ...(email !== undefined && { email }) });
const pathOf = ({ parsed }: Received): string =>
  new URL(/https:\S+\/confirm\/\S+/.exec(parsed.text ?? '')?.[0] ?? '').pathname;

describe('a visitor who asks for a transcript', () => {
  test('TRN1 5: confirms the address that they typed, and gets it in their language when the chat has ended', async (t) => {
    const { server, visitor, anna, conversation, posted } = await openChat(t);
    await visitor.say('Waar blijft mijn lamp?');
    await anna.say(conversation, 'Ik kijk even.');
    expect(await ask(visitor, vera)).toMatchObject({ type: 'ack' });
    expect((await visitor.event('transcript')).body).toEqual({ type: 'transcript', email: vera, verified: false });
    expect((await anna.event('transcript')).body).toMatchObject({ email: vera });

    const [asked] = await posted();
    expect(asked?.parsed.subject).toBe('Bevestig uw e-mailadres');
    expect(asked?.raw).not.toContain('lamp');
    const path = pathOf(asked as Received);
    // What looks for dangerous links opens them, and that is no answer.
    for (let look = 0; look < 3; look++) {
      const page = await fetch(server.url + path);
      expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('<form method="post">')]);
    }
    await visitor.command({ type: 'end' });
    expect(await posted()).toHaveLength(1);

    const done = await fetch(server.url + path, {
      method: 'POST',
      headers: { origin: server.url, 'content-type': 'application/x-www-form-urlencoded' },
      body: '',
    });
    expect([done.status, await done.text()]).toEqual([200, expect.stringContaining('Uw adres is bevestigd')]);
    await visitor.event('confirmed');
    const [, transcript, ...more] = await posted();
    expect(more).toEqual([]);
    expect(transcript).toMatchObject({
      to: [vera],
      parsed: { subject: 'Uw chatgesprek', from: { value: [{ name: 'Site a' }] } },
    });
    expect(transcript?.parsed.text).toMatch(
      /U: Waar blijft mijn lamp\?[\s\S]*anna: Ik kijk even\.[\s\S]*U hebt de chat beëindigd/,
    );
    expect(transcript?.parsed.html).toContain('Waar blijft mijn lamp?');

    for (const method of ['GET', 'POST']) {
      const again = await fetch(server.url + path, { method, headers: { origin: server.url } });
      expect([again.status, await again.text()]).toEqual([410, expect.stringContaining('lang="en"')]);
    }
    expect(await posted()).toHaveLength(2);
  });

  test('TRN1 E168 gets it at the verified address, unconfirmed, whatever they type', async (t) => {
    const { visitor, posted } = await openChat(t, { token: await signToken() });
    await visitor.say('hello');
    await ask(visitor, 'mallory@evil.example');
    expect((await visitor.event('transcript')).body).toMatchObject({ email: 'ada@shop.example', verified: true });
    expect(await posted()).toEqual([]);
    await visitor.command({ type: 'end' });
    expect((await posted()).map(({ to, parsed }) => [to, parsed.subject])).toEqual([
      [['ada@shop.example'], 'Uw chatgesprek'],
    ]);
  });

  test('E168 gets a chat that is over at the address of that time: what is signed afterwards turns nothing aside', async (t) => {
    const { visitor, posted } = await openChat(t, { token: await signToken() });
    await visitor.say('hello');
    await visitor.command({ type: 'end' });
    await visitor.event('ended');
    await visitor.identify(await signToken({ variables: { name: 'Ada', email: 'other@shop.example' } }));
    await visitor.reader.ofType('identity');
    await ask(visitor, 'mallory@evil.example');
    expect((await posted()).map(({ to }) => to)).toEqual([['ada@shop.example']]);
  });

  test('TRN2 P121 P122 gets nothing of what agents have among themselves, in no part of the mail', async (t) => {
    const { visitor, anna, conversation, posted } = await openChat(t, { token: await signToken() });
    await anna.say(conversation, canary, 'agents');
    expect(await ask(visitor)).toMatchObject({ type: 'refusal', code: 'wrong_state' });
    await visitor.say('in the open');
    await anna.say(conversation, canary, 'agents');
    await anna.command(conversation, {
      type: 'invite',
      to: { kind: 'queue', queue: 'queue-a' },
      note: canary,
      plan: 'stay',
    });
    await anna.command(conversation, { type: 'classify', category: canary, note: canary });
    expect(await ask(visitor)).toMatchObject({ type: 'ack' });
    await visitor.command({ type: 'end' });
    const [transcript, ...more] = await posted();
    expect(more).toEqual([]);
    expect(transcript?.parsed.text).toContain('in the open');
    const { html, text, textAsHtml, headerLines } = transcript?.parsed ?? {};
    expect(JSON.stringify([html, text, textAsHtml, headerLines, transcript?.raw])).not.toContain(canary);
    expect(transcript?.raw).not.toContain(Buffer.from(canary).toString('base64').slice(0, 8));
  });

  test('is told what is wrong, and can cause no more than a few mails', async (t) => {
    const { visitor, posted, setTranscript } = await openChat(t);
    expect(await ask(visitor, vera)).toMatchObject({ code: 'wrong_state' });
    await visitor.say('hello');
    expect(await ask(visitor, `${vera}, eve@evil.example`)).toMatchObject({ code: 'invalid_field', field: 'email' });
    await setTranscript('off');
    expect(await ask(visitor, vera)).toMatchObject({ code: 'not_allowed' });
    await setTranscript('ask');
    for (let time = 0; time < limits.transcriptsPerConversation; time++) await ask(visitor, `v${time}@visitor.example`);
    expect(await ask(visitor, 'v9@visitor.example')).toMatchObject({ code: 'too_many' });
    expect(await posted()).toHaveLength(limits.transcriptsPerConversation);
  });

  test('SND2 who asks again under the same id asks once', async (t) => {
    const { visitor, posted } = await openChat(t);
    await visitor.say('hello');
    const id = 'a'.repeat(32);
    const answers: string[] = [];
    for (const email of [vera, vera, 'eve@evil.example']) {
      const from = visitor.reader.frames.length;
      visitor.send({ type: 'send', id, command: { type: 'transcript', email } });
      const answer = await visitor.reader.find(({ type }) => type === 'ack' || type === 'refusal', from);
      answers.push('code' in answer ? answer.code : answer.type);
    }
    expect(answers).toEqual(['ack', 'ack', 'conflicting_resend']);
    expect(await posted()).toHaveLength(1);
  });
});

describe('a site that gives every visitor a transcript', () => {
  test('5: sends it at the end to a verified address, and says so in the chat', async (t) => {
    const { visitor, anna, posted } = await openChat(t, { transcript: 'always', token: await signToken() });
    await visitor.say('hello');
    await visitor.command({ type: 'end' });
    expect((await posted()).map(({ to }) => to)).toEqual([['ada@shop.example']]);
    expect((await visitor.event('transcript')).event.by).toEqual({ kind: 'system' });
    await anna.event('transcript');
    expect(await posted()).toHaveLength(1);
  });

  test('5: asks at the end whether the address that was typed at the start is theirs', async (t) => {
    const { visitor, posted } = await openChat(t, { transcript: 'always' });
    await visitor.say('hello');
    expect(await posted()).toEqual([]);
    await visitor.command({ type: 'end' });
    expect((await posted()).map(({ to, parsed }) => [to, parsed.subject])).toEqual([
      [[vera], 'Bevestig uw e-mailadres'],
    ]);
  });

  test('TRN2 P122 sends nothing where nothing was said, and one where it was asked for as well', async (t) => {
    const { visitor, posted } = await openChat(t, { transcript: 'always', token: await signToken() });
    await visitor.command({ type: 'end' });
    expect(await posted()).toEqual([]);
    const asked = await openChat(t, { transcript: 'always', token: await signToken() });
    await asked.visitor.say('hello');
    await ask(asked.visitor);
    await asked.visitor.command({ type: 'end' });
    expect(await asked.posted()).toHaveLength(1);
  });
});

describe('a link to confirm with', () => {
  test('is good for a while, from no other page, and for nobody who guesses', async (t) => {
    const { server, visitor, posted } = await openChat(t);
    await visitor.say('hello');
    await ask(visitor, vera);
    const [asked] = await posted();
    const path = pathOf(asked as Received);
    const post = (headers: Record<string, string>, to = path) => fetch(server.url + to, { method: 'POST', headers });
    expect((await post({ origin: 'https://evil.example' })).status).toBe(403);
    expect((await post({ 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await post({}, `/confirm/${'x'.repeat(43)}`)).status).toBe(410);
    expect((await post({}, '/confirm/x')).status).toBe(400);
    const page = await fetch(server.url + path);
    expect(page.headers.get('referrer-policy')).toBe('same-origin');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(server.log()).not.toContain(path.split('/').at(-1));
    server.advance(limits.confirmationMs + 1);
    expect((await post({ origin: server.url })).status).toBe(410);
    await visitor.command({ type: 'end' });
    expect(await posted()).toHaveLength(1);
  });
});

describe('what administrators see', () => {
  test('5: every mail and what became of it, of their own desk alone', async (t) => {
    const { server, visitor, posted, sink } = await openChat(t);
    await visitor.say('hello');
    await ask(visitor, vera);
    await posted();
    const read = async (name: string) =>
      (await (await (await server.signIn(name)).fetch('/api/mails')).json()) as MailsPage;
    const { way, mails } = await read('admin-a');
    expect(way).toBe('smtp');
    expect(mails[0]).toMatchObject({ kind: 'confirmation', recipient: vera, state: 'sent', tries: 1, failure: null });
    expect((await read('admin-b')).mails.every(({ recipient }) => recipient !== vera)).toBe(true);
    const admin = await server.signIn('admin-a');
    expect((await admin.fetch(`/api/mails/${mails[0]?.id}`)).status).toBe(404);
    expect((await admin.fetch(`/api/mails/${mails[0]?.id}/retry`, { method: 'POST' })).status).toBe(409);
    expect(JSON.stringify(mails)).not.toContain(
      pathOf(sink.received.find(({ to }) => to[0] === vera) as Received).slice(9),
    );
  });

  test('G222 and no log tells of an address, a link, or what was said', async (t) => {
    const { server, visitor, posted } = await openChat(t);
    await visitor.say('a secret about lamps');
    await ask(visitor, vera);
    await posted();
    await visitor.command({ type: 'end' });
    await posted();
    for (const word of [vera, 'a secret about lamps', '/confirm/A']) expect(server.log()).not.toContain(word);
  });
});
