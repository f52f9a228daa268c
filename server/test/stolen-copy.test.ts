import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type TestContext, test } from 'vitest';
import type { Invited } from '../../protocol/administration.ts';
import type { NewApiKeyView } from '../../protocol/api-keys.ts';
import type { NewExport } from '../../protocol/privacy.ts';
import { plainSite } from '../domain/site.ts';
import { totpCode } from '../identity/totp.ts';
import { openMailSink } from '../mail/test/mail-sink.ts';
import { origin, password, secret as siteSecret } from './furnish.ts';
import { filesOf, formOf } from './open-files.ts';
import { openServer } from './open-server.ts';
import { signTicket } from './sign-ticket.ts';
import { signToken } from './sign-token.ts';

/** A day at the desk on which every kind of secret is made and used; what each was, and what was asked for. */
async function openDay(t: TestContext) {
  const sink = await openMailSink(t);
  const settings = { smtp: { url: sink.url, from: 'desk@balie.example' }, publicUrl: 'https://desk.example' };
  const server = await openServer(t, settings);
  const addresses: string[] = [];
  for (const event of ['request', 'upgrade'])
    server.app.server.on(event, ({ url }: { url: string }) => addresses.push(url));
  const { store, mails, postman, config } = server.context;
  await store.sites.update('organization-a' as never, 'site-a' as never, {
    settings: { ...plainSite, transcript: 'ask' },
  });
  const admin = await server.signIn('admin-a');
  const ask = async <Answer>(path: string, body?: object, method = 'POST') =>
    (await (await admin.fetch(path, { method, body })).json()) as Answer;

  const anna = await server.agent();
  const visitor = server.connect();
  const token = await signToken({ subject: 'C-1', variables: {} });
  await visitor.hello({ token });
  await visitor.request();
  const conversation = await anna.accept();
  const ticket = await signTicket(visitor, { conversation });
  const headers = { origin, authorization: `Bearer ${ticket}` };
  const path = `${server.url}/api/visitor/conversations/${conversation}/files`;
  const [file] = await filesOf(await fetch(path, { method: 'POST', headers, body: formOf({ 'a.txt': 'text' }) }));
  expect((await fetch(`${server.url}/files/${file?.id}?ticket=${ticket}`)).status).toBe(200);
  await visitor.say('Where is my lamp?');
  const asked = await visitor.command({ type: 'transcript', email: 'vera@visitor.example' });
  expect(asked).toMatchObject({ type: 'ack' });
  // What the desk itself appends meanwhile is followed in a second round.
  for (let round = 0; round < 2; round++) await mails.caughtUp();

  const dewi = { name: 'Dewi', email: 'dewi@balie.example', role: 'agent', room: 1, languages: [], profiles: [] };
  const invitation = (await ask<Invited>('/api/people', dewi)).link.split('/').at(-1) ?? '';
  postman.wake();
  await postman.idle();
  await sink.has(2);
  const sent = () => sink.received.map(({ parsed }) => parsed.text).join('\n');
  const confirmation = /\/confirm\/([\w-]{43})/.exec(sent())?.[1] ?? '';
  expect((await fetch(`${server.url}/confirm/${confirmation}`)).status).toBe(200);
  const { secret: apiKey } = await ask<NewApiKeyView>('/api/api-keys', {
    name: 'K',
    scopes: ['queues:read'],
    expiresAt: null,
  });
  const person = { by: 'subject', value: 'C-1', site: null };
  const exported = (await ask<NewExport>('/api/privacy/exports', person)).token;
  const spent = (await ask<NewExport>('/api/privacy/exports', person)).token;
  expect((await admin.fetch(`/api/privacy/exports/${spent}`)).status).toBe(200);
  const { secret: totp } = await ask<{ secret: string }>('/api/account/two-factor');
  const code = totpCode(totp, Math.floor(Date.now() / 30_000));
  const { codes } = await ask<{ codes: string[] }>('/api/account/two-factor', { secret: totp, code }, 'PUT');

  const secrets = { password, token, ticket, invitation, confirmation, apiKey, exported, spent };
  return {
    server,
    addresses,
    /** What lets somebody in, whoever they are. */
    keys: Object.entries({
      ...secrets,
      cookie: admin.cookie.split('=')[1] ?? '',
      session: visitor.session ?? '',
      ...Object.fromEntries(codes.map((recovery, place) => [`recovery ${place}`, recovery])),
    }),
    totp,
    async database() {
      await store.privacy.scrub();
      const files = ['balie.db', 'balie.db-wal'].map((name) => readFile(join(config.dataDir, name)));
      return Buffer.concat(await Promise.all(files));
    },
  };
}

test('CVE-2026-47702 W040 a copy of the database opens nothing: what lets somebody in is there as a hash alone', async (t) => {
  const { keys, database, totp } = await openDay(t);
  expect(keys.filter(([, key]) => key.length < 8)).toEqual([]);
  const copy = await database();
  expect(keys.filter(([, key]) => copy.includes(key)).map(([name]) => name)).toEqual([]);
  // What signs and is signed with on both sides can be no hash; docs/operating.md says so.
  for (const shared of [totp, siteSecret, 'whsec_']) expect([shared, copy.includes(shared)]).toEqual([shared, true]);
});

/** Addresses that a secret stands in, and why it may. */
const carriers: readonly RegExp[] = [
  // Signed by the browser for a minute, and good with one file’s conversation alone (docs/decisions/0008).
  /^\/files\/[\w-]{22}\?ticket=/,
  // In a mail there is nothing else to carry it; it works once, and by a button on the page.
  /^\/confirm\//,
  // Works once, and with the cookie of who asked for it.
  /^\/api\/privacy\/exports\//,
];

test('CWE-598 no key stands in an address but where it must, and none in the log', async (t) => {
  const { server, keys, addresses } = await openDay(t);
  expect(addresses.length).toBeGreaterThan(10);
  const isKeyLike = /[A-Za-z0-9_-]{43}|eyJ/;
  expect(addresses.filter((url) => isKeyLike.test(url) && !carriers.some((carrier) => carrier.test(url)))).toEqual([]);
  for (const carrier of carriers)
    expect([carrier, addresses.some((url) => carrier.test(url))]).toEqual([carrier, true]);
  const log = server.log();
  expect(keys.filter(([, key]) => log.includes(key)).map(([name]) => name)).toEqual([]);
  expect(log).not.toMatch(isKeyLike);
});
