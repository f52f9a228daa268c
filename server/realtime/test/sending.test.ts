import { describe, expect, test, vi } from 'vitest';
import { limits } from '../../../protocol/limits.ts';
import { openServer } from '../../test/open-server.ts';
import { commandId } from '../../test/test-visitor.ts';
import naughtyStrings from './data/naughty-strings.json' with { type: 'json' };

describe('sending', () => {
  test('SND1 a request, its acceptance, and a message each way', async (t) => {
    const server = await openServer(t);
    const agent = await server.agent();
    const visitor = await server.visitor();
    expect(await visitor.request()).toMatchObject({ type: 'ack', seq: 1 });
    const conversation = await agent.accept();
    expect(await visitor.event('accepted')).toMatchObject({ body: { agent: { name: 'anna' } } });
    await visitor.say('Hello?');
    await agent.event('message');
    await agent.say(conversation, 'Good morning');
    await visitor.event('message', visitor.reader.frames.findIndex((one) => one.type === 'event' && one.seq === 3) + 1);
    expect(visitor.texts).toEqual(['Hello?', 'Good morning']);
    expect(agent.texts).toEqual(['Hello?', 'Good morning']);
  });

  test('SND2 R189 a resend changes nothing and is answered with the first outcome', async (t) => {
    const visitor = await (await openServer(t)).visitor();
    await visitor.request();
    const id = commandId();
    const first = await visitor.say('once', id);
    visitor.reader.frames.length = 0;
    expect(await visitor.say('once', id)).toEqual(first);
    await visitor.say('twice');
    await visitor.event('message');
    expect(visitor.texts.filter((text) => text === 'once').length).toBeLessThanOrEqual(1);
  });

  test('SND2 R189 a request that is sent again is the same conversation', async (t) => {
    const visitor = await (await openServer(t)).visitor();
    const id = commandId();
    const command = { type: 'request', page: { url: 'https://shop.example/', title: '' }, locale: 'en' } as const;
    const first = await visitor.command(command, id);
    visitor.reader.frames.length = 0;
    expect(await visitor.command(command, id)).toEqual(first);
  });

  test('SND3 R190 another command under a used id is refused, and the first stands', async (t) => {
    const visitor = await (await openServer(t)).visitor();
    await visitor.request();
    const id = commandId();
    await visitor.say('first', id);
    visitor.reader.frames.length = 0;
    expect(await visitor.say('second', id)).toMatchObject({ type: 'refusal', code: 'conflicting_resend' });
  });

  test('SND7 P132 an agent’s message that does not say for whom it is, is not sent', async (t) => {
    const server = await openServer(t);
    const agent = await server.agent();
    const visitor = await server.visitor();
    await visitor.request();
    const conversation = await agent.accept();
    agent.send({ type: 'send', id: commandId(), conversation, command: { type: 'message', text: 'for whom?' } });
    expect(await agent.reader.ofType('fault')).toMatchObject({ code: 'malformed', field: 'command.audience' });
    await agent.say(conversation, 'for you');
    await visitor.event('message');
    expect(visitor.texts).toEqual(['for you']);
  });

  test('W035 the longest text is taken, one more is not, and what shows nothing is empty', async (t) => {
    const visitor = await (await openServer(t)).visitor();
    await visitor.request();
    expect(await visitor.say('😀'.repeat(limits.messageLength))).toMatchObject({ type: 'ack' });
    for (const text of [' \n\t', '\u200B\u200D\uFEFF', '\u2800'])
      expect(await visitor.say(text)).toMatchObject({ type: 'refusal', code: 'invalid_field', field: 'text' });
    visitor.send({
      type: 'send',
      id: commandId(),
      command: { type: 'message', text: 'x'.repeat(limits.messageLength + 1) },
    });
    expect(await visitor.reader.ofType('fault')).toMatchObject({ field: 'command.text' });
  });

  test('W036 W128 what a visitor claims about a message is not its business to say', async (t) => {
    const server = await openServer(t);
    const [visitor, other] = [await server.visitor(), await server.visitor()];
    await visitor.request();
    await other.request();
    const forged = { type: 'message', text: 'forged', by: 'agent', audience: 'agents', seq: 1, at: 0 };
    visitor.send({ type: 'send', id: commandId(), command: forged });
    expect(await visitor.reader.ofType('fault')).toMatchObject({ code: 'malformed' });
    visitor.send({ type: 'send', id: commandId(), conversation: 'another', command: { type: 'message', text: 'x' } });
    await visitor.say('plain');
    await visitor.event('message');
    expect(visitor.texts).toEqual(['plain']);
    expect(other.texts).toEqual([]);
  });

  test('SND6 D176 a flood is refused in words, then cut off, and what was acknowledged is kept', async (t) => {
    const visitor = await (await openServer(t)).visitor();
    await visitor.request();
    let acks = 0;
    const all = Array.from({ length: 400 }, (_, n) =>
      visitor
        .say(`flood ${n}`)
        .then((one) => (acks += Number(one.type === 'ack')))
        .catch(() => {}),
    );
    const { code } = await visitor.reader.closed;
    await Promise.all(all);
    expect(code).toBe(4429);
    expect(acks).toBeGreaterThan(0);
    expect(acks).toBeLessThanOrEqual(limits.commandBurst + limits.commandsPerSecond * 10);
    expect(visitor.reader.frames.find((one) => one.type === 'refusal')).toMatchObject({ code: 'too_many' });
  });

  test('what a visitor sent on the way out is carried out, all of it', async (t) => {
    const server = await openServer(t);
    const agent = await server.agent();
    const visitor = await server.visitor();
    await visitor.request();
    await agent.accept();
    const parting = ['that is all', 'thank you', 'goodbye'];
    for (const text of parting) void visitor.say(text).catch(() => {});
    visitor.socket.close();
    await vi.waitFor(() => expect(agent.texts).toEqual(parting));
  });

  test('W031 every naughty string comes back as it was sent, at both ends', async (t) => {
    const server = await openServer(t);
    const agent = await server.agent();
    const strings = (naughtyStrings as string[]).filter((text) =>
      /[^\p{Z}\p{Cc}\p{Cf}\u115F\u1160\u17B4\u17B5\u3164\uFFA0\u2800]/u.test(text),
    );
    expect(strings.length).toBeGreaterThan(480);
    const visitor = await server.visitor();
    await visitor.request();
    await agent.accept();
    for (const text of strings) {
      let answer = await visitor.say(text);
      while (answer.type === 'refusal' && answer.retryAfterMs) {
        server.advance(answer.retryAfterMs);
        answer = await visitor.say(text);
      }
      expect(answer.type).toBe('ack');
    }
    await agent.reader.find(
      (one) => one.type === 'event' && one.event.body.type === 'message' && one.event.body.text === strings.at(-1),
    );
    const sent = strings.map((text) => text.toWellFormed());
    expect(visitor.texts).toEqual(sent);
    expect(agent.texts).toEqual(sent);
  });
});
