import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { closeCodes } from '../../../protocol/codes.ts';
import type { OrganizationId, SiteId } from '../../../protocol/ids.ts';
import { plainSite } from '../../domain/site.ts';
import { openServer, type TestServer } from '../../test/open-server.ts';
import { signToken } from '../../test/sign-token.ts';
import { commandId, newKeys } from '../../test/test-visitor.ts';

async function openVerified(server: TestServer) {
  const keys = await newKeys();
  const agent = await server.agent();
  const visitor = server.connect({ keys });
  await visitor.hello({ token: await signToken(), vars: { plan: 'gold', name: 'Mallory' } });
  await visitor.request({ email: 'typed@visitor.example' });
  const conversation = await agent.accept();
  return { keys, agent, visitor, conversation };
}

describe('identity over the socket', () => {
  test('V081 V082 what the site signed is verified, and a claim of the same name never stands beside it', async (t) => {
    const { agent } = await openVerified(await openServer(t));
    const { body } = await agent.event('verified');
    expect(body.variables).toEqual([
      { name: 'name', value: 'Ada', verified: true },
      { name: 'email', value: 'ada@shop.example', verified: true },
    ]);
    expect(body.verification).toMatchObject({ subject: 'C-1', issuer: 'site-a', keyId: 'k1', bound: false });
    const { body: claimed } = await agent.event('claimed');
    expect(claimed.variables).toEqual([{ name: 'plan', value: 'gold', verified: false, source: 'page' }]);
  });

  test('V078 nothing is verified without a token', async (t) => {
    const server = await openServer(t);
    const agent = await server.agent();
    const visitor = server.connect();
    await visitor.hello({ vars: { plan: 'gold' } });
    await visitor.request();
    await agent.accept();
    const { body } = await agent.event('claimed');
    expect(body.variables.every(({ verified }) => verified === false)).toBe(true);
    expect(agent.reader.frames.some((one) => one.type === 'event' && one.event.body.type === 'verified')).toBe(false);
  });

  test('V083 IDN3 the next token replaces all that the last one verified', async (t) => {
    const { agent, visitor } = await openVerified(await openServer(t));
    const from = agent.reader.frames.length;
    await visitor.identify(await signToken({ variables: { name: 'Ada' } }));
    expect(await visitor.reader.ofType('identity')).toMatchObject({ identity: { state: 'verified', known: ['name'] } });
    expect((await agent.event('verified', from)).body.variables).toHaveLength(1);
  });

  test('V084 HEL6 a token that fails after a good one says which check, and the chat goes on', async (t) => {
    const server = await openServer(t);
    const { agent, visitor } = await openVerified(server);
    const token = await signToken({ now: Date.now() - 7_200_000 });
    await visitor.identify(token);
    expect(await visitor.reader.ofType('identity')).toMatchObject({ identity: { state: 'refused', check: 'expired' } });
    expect((await agent.event('unverified')).body).toEqual({ type: 'unverified', check: 'expired' });
    expect(await visitor.say('still here')).toMatchObject({ type: 'ack' });
    expect(server.log()).toContain('"check":"expired"');
    expect(server.log()).not.toContain(token);
  });

  test('J073 an anonymous chat is linked to who logs in, once, and earlier claims stay claims', async (t) => {
    const server = await openServer(t);
    const agent = await server.agent();
    const visitor = await server.visitor();
    await visitor.request();
    await agent.accept();
    await visitor.identify(await signToken());
    await agent.event('verified');
    const claims = agent.reader.frames.filter((one) => one.type === 'event' && one.event.body.type === 'claimed');
    expect(claims).toHaveLength(1);
    await visitor.identify(await signToken({ subject: 'C-2' }));
    expect(await visitor.reader.ofType('fault')).toMatchObject({ code: 'subject_changed' });
  });

  test('J072 IDN2 who logs out leaves nothing for who comes next, in any tab', async (t) => {
    const server = await openServer(t);
    const { agent, keys, visitor } = await openVerified(server);
    const session = visitor.session as string;
    const tab = server.connect({ keys });
    await tab.hello({ session });
    await visitor.identify(null);
    expect(await visitor.reader.ofType('fault')).toMatchObject({ code: 'signed_out' });
    expect((await tab.reader.closed).code).toBe(closeCodes.unauthorized);
    expect((await agent.event('ended')).body).toEqual({ type: 'ended', reason: 'signed_out' });
    const next = server.connect({ keys });
    await next.sayHello({ session });
    expect(await next.reader.ofType('fault')).toMatchObject({ code: 'session_refused' });
  });

  test('IDN2 another customer on the same browser gets a session of their own', async (t) => {
    const server = await openServer(t);
    const { keys, visitor } = await openVerified(server);
    const next = server.connect({ keys });
    const ready = await next.hello({ session: visitor.session as string, token: await signToken({ subject: 'C-2' }) });
    expect(ready.conversation).toBeNull();
    expect(ready.session).not.toBe(visitor.session);
    expect(JSON.stringify(next.reader.frames)).not.toContain('ada@shop.example');
  });

  test('a tab that says nothing of variables leaves what another one said; one that set none takes it away', async (t) => {
    const server = await openServer(t);
    const { agent, keys, visitor } = await openVerified(server);
    await agent.event('claimed');
    const session = visitor.session as string;
    const from = agent.reader.frames.length;
    await server.connect({ keys }).hello({ session, sign: { vars: undefined } });
    expect(await visitor.say('still gold')).toMatchObject({ type: 'ack' });
    await agent.event('message', from);
    const claims = () =>
      agent.reader.frames.slice(from).filter((one) => one.type === 'event' && one.event.body.type === 'claimed');
    expect(claims()).toEqual([]);
    await server.connect({ keys }).hello({ session });
    expect((await agent.event('claimed', from)).body.variables).toEqual([]);
  });

  test('IDN1 a page that says nothing leaves the session as it is', async (t) => {
    const server = await openServer(t);
    const { conversation, keys, visitor } = await openVerified(server);
    const ready = await server.connect({ keys }).hello({ session: visitor.session as string });
    expect(ready.conversation).toMatchObject({ conversation });
  });

  test('J075 a token that names a browser’s key is refused from another one', async (t) => {
    const server = await openServer(t);
    const token = await signToken({ jkt: 'x'.repeat(43) });
    const ready = await server.connect().hello({ token });
    expect(ready.identity).toEqual({ state: 'refused', check: 'bound_elsewhere' });
  });

  test('J069 IDN5 a revoked key opens the locks it made and verifies nothing more', async (t) => {
    const server = await openServer(t);
    const { agent, visitor } = await openVerified(server);
    const admin = await server.signIn('admin-a');
    const answer = await admin.fetch('/api/sites/site-a/keys/k1/revoke', { method: 'POST', body: {} });
    expect(answer.status).toBe(200);
    expect((await agent.event('unverified')).body.check).toBe('key_revoked');
    const told = { type: 'identity', identity: { state: 'refused', check: 'key_revoked' } };
    expect(await visitor.reader.ofType('identity')).toEqual(told);
    const from = visitor.reader.frames.length;
    await visitor.identify(await signToken());
    await visitor.reader.find((frame) => frame.type === 'identity', from);
    expect(visitor.reader.frames.slice(from)).toEqual([told]);
  });

  test('12 a page that says something else after its token ran out hears that it did', async (t) => {
    const server = await openServer(t);
    const { agent, visitor } = await openVerified(server);
    const session = visitor.session as string;
    server.advance(2 * 3_600_000);
    visitor.send({ type: 'identify', proof: await visitor.prove({ session, vars: { plan: 'silver' } }) });
    expect(await visitor.reader.ofType('identity')).toMatchObject({ identity: { state: 'refused', check: 'expired' } });
    expect((await agent.event('unverified')).body.check).toBe('expired');
  });

  test('J077 many verified visitors who arrive at once are all welcome, and who chats already goes on meanwhile', async (t) => {
    const server = await openServer(t);
    const { keys, visitor } = await openVerified(server);
    const arriving = Array.from({ length: 150 }, async (_, at) => {
      const token = await signToken({ subject: `C-${at + 2}` });
      return server.connect({ keys }).hello({ token });
    });
    const said = await visitor.say('while they arrive');
    const welcomed = await Promise.all(arriving);
    expect(said).toMatchObject({ type: 'ack' });
    expect(welcomed.every(({ identity }) => identity.state === 'verified')).toBe(true);
    expect(new Set(welcomed.map(({ session }) => session)).size).toBe(welcomed.length);
  });

  test('V085 an agent has no command that changes a variable', async (t) => {
    const { agent, conversation } = await openVerified(await openServer(t));
    const variables = [{ name: 'name', value: 'Mallory', verified: true }];
    const forged = [
      ...['verified', 'claimed', 'claim', 'identify'].map((type) => ({ type, variables })),
      { type: 'message', text: 'x', audience: 'agents', variables },
    ];
    const from = agent.reader.frames.length;
    for (const command of forged) {
      const before = agent.reader.frames.length;
      agent.send({ type: 'send', id: commandId(), conversation, command });
      expect(await agent.reader.ofType('fault', before)).toMatchObject({ code: 'malformed' });
    }
    expect(JSON.stringify(agent.reader.frames.slice(from))).not.toContain('Mallory');
  });

  test('V087 of a variable that the site masks, nobody gets more than its end, and the lock stands for the whole', async (t) => {
    const server = await openServer(t);
    const { store, config } = server.context;
    const masked = [{ name: 'account', masked: true }];
    await store.sites.update('organization-a' as OrganizationId, 'site-a' as SiteId, {
      settings: { ...plainSite, variables: masked },
    });
    const agent = await server.agent();
    const visitor = server.connect();
    const [whole, claimed] = ['NL00-4402-9917-5581', 'typed-4402-9917-6692'];
    await visitor.hello({ token: await signToken({ variables: { account: whole } }) });
    await visitor.request();
    const conversation = await agent.accept();
    const { body } = await agent.event('verified');
    expect(body.variables).toEqual([{ name: 'account', value: '•••• 5581', verified: true }]);
    const other = server.connect();
    await other.hello({ vars: { account: claimed } });
    await other.request();
    await agent.accept(agent.reader.frames.length);
    const admin = await server.signIn('admin-a');
    const logged = await (await admin.fetch(`/api/chat-log/${conversation}`)).text();
    const exported = await (await admin.fetch('/api/chat-log/export?format=json')).text();
    expect(exported).toContain('•••• 5581');
    const database = await readFile(join(config.dataDir, 'balie.db-wal'), 'latin1');
    for (const text of [JSON.stringify(agent.reader.frames), logged, exported, server.log(), database])
      for (const secret of [whole, claimed]) expect(text).not.toContain(secret);
  });

  test('W041 G222 no token is in any address or log line', async (t) => {
    const server = await openServer(t);
    const { visitor } = await openVerified(server);
    await visitor.say('a secret of mine');
    const log = server.log();
    for (const secret of [visitor.session as string, 'a secret of mine', 'ada@shop.example', 'eyJ'])
      expect(log).not.toContain(secret);
  });
});
