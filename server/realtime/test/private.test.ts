import { describe, expect, test } from 'vitest';
import { limits } from '../../../protocol/limits.ts';
import { anOffer, openPrivate, seqsOf } from '../../test/open-private.ts';
import { signTicket } from '../../test/sign-ticket.ts';
import { commandId } from '../../test/test-visitor.ts';

const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);
type Chat = Awaited<ReturnType<typeof openPrivate>>;

/** Everything that agents do among themselves, with what the visitor may see between; Bram is in it at the end. */
async function allThatIsPrivate({ server, anna, canary, conversation, uploaded, invite }: Chat) {
  const bram = await server.agent('bram-a');
  await anna.say(conversation, canary, 'agents');
  const files = [await uploaded(anna, 'agents', `${canary}.txt`)];
  await anna.command(conversation, { type: 'message', text: '', audience: 'agents', files });
  await anna.say(conversation, 'in the open');
  await invite(anna, 'bram-a');
  await bram.reader.ofType('open');
  await bram.command(conversation, { type: 'decline' });
  await anna.event('uninvited');
  await anna.command(conversation, anOffer);
  await anna.command(conversation, {
    type: 'invite',
    to: { kind: 'queue', queue: 'queue-a' },
    note: canary,
    plan: 'stay',
  });
  await bram.accept(bram.reader.frames.findIndex((one) => one.type === 'gone'));
  await bram.say(conversation, canary, 'agents');
  await anna.command(conversation, { type: 'classify', category: canary.slice(0, 60), note: canary });
  await bram.say(conversation, 'in the open too');
  return { bram, file: files[0] as string };
}

describe('what agents have among themselves', () => {
  test('P116 reaches no tab of the visitor’s, and leaves no gap in what they count', async (t) => {
    const chat = await openPrivate(t);
    await allThatIsPrivate(chat);
    const { visitor, first, second, conversation, visible, caughtUp, canary, log } = chat;
    for (const tab of [first, second]) await caughtUp(tab);
    const types = (await visible()).map(({ body }) => body.type);
    expect(types).toEqual(['requested', 'accepted', 'message', 'offered', 'joined', 'message']);
    for (const tab of [first, second]) expect(seqsOf(tab, conversation)).toEqual(upTo(types.length));
    expect(JSON.stringify(await log()).split(canary).length).toBeGreaterThan(7);
    expect(visitor.heard()).not.toContain(canary);
  });

  test('P117 nor one that resumes, from any position, however it asks', async (t) => {
    const chat = await openPrivate(t);
    await allThatIsPrivate(chat);
    const { visitor, conversation, visible, caughtUp, canary } = chat;
    const count = (await visible()).length;
    for (const after of [...upTo(count), 0, count + 1, 10_000]) {
      const tab = await visitor.tab({ conversation, after });
      // Where it had heard everything there is nothing to wait for; going back is what it may always do.
      tab.send({ type: 'resume', conversation, after: 0 });
      await caughtUp(tab);
      const heard = seqsOf(tab, conversation);
      expect(new Set(heard)).toEqual(new Set(upTo(count).slice(-new Set(heard).size)));
    }
    expect(visitor.heard()).not.toContain(canary);
  });

  test('P116 nor is it told by the number of an acknowledgement', async (t) => {
    const { server, anna, first, invite, conversation, visitor, canary } = await openPrivate(t);
    await server.agent('bram-a');
    await anna.say(conversation, canary, 'agents');
    await invite(anna, 'bram-a');
    expect(await first.say('hello')).toMatchObject({ type: 'ack', seq: 3 });
    const id = commandId();
    expect(await first.command({ type: 'end' }, id)).toMatchObject({ type: 'ack', seq: 4 });
    expect(await first.event('ended')).toMatchObject({ seq: 4, event: { command: id } });
    expect(visitor.heard()).not.toContain(canary);
  });

  test('P118 nor by any address: not the log, and a private file is as one that is not there', async (t) => {
    const chat = await openPrivate(t);
    const { file } = await allThatIsPrivate(chat);
    const { server, conversation, first, canary } = chat;
    const ticket = await signTicket(first, { conversation });
    const nothing = file.replace(/./, (letter) => (letter === 'A' ? 'B' : 'A'));
    const read = async (path: string) => {
      const answer = await fetch(server.url + path, { headers: { authorization: `Bearer ${ticket}` } });
      return { status: answer.status, text: await answer.text() };
    };
    const withoutNames = ({ status, text }: { status: number; text: string }) => ({
      status,
      text: text.replace(/"request":"[^"]*"/, ''),
    });
    for (const variant of ['', '/thumbnail']) {
      const secret = await read(`/files/${file}${variant}?ticket=${ticket}`);
      expect(secret.status).toBe(404);
      expect(withoutNames(secret)).toEqual(withoutNames(await read(`/files/${nothing}${variant}?ticket=${ticket}`)));
    }
    for (const query of ['', '?after=0&limit=999', '?limit=1000000', '?after=-1', '?include=private', '?fields=body']) {
      const answer = await read(`/api/conversations/${conversation}/events${query}`);
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.text).not.toContain(canary);
    }
  });
});

describe('a visitor who asks for it', () => {
  test('P128 by commands of agents is understood no more than by ones that are none', async (t) => {
    const { first, conversation, log, visitor, anna, canary } = await openPrivate(t);
    await anna.say(conversation, canary, 'agents');
    const before = await log();
    const forged = [
      { type: 'message', text: 'x', audience: 'agents' },
      { type: 'private', text: 'x' },
      { type: 'classify', note: 'x' },
      { type: 'uninvite' },
      { type: 'leave' },
      { type: 'accept' },
      anOffer,
    ];
    for (const command of forged) {
      const from = first.reader.frames.length;
      first.send({ type: 'send', id: commandId(), command });
      expect(await first.reader.ofType('fault', from)).toMatchObject({ code: 'malformed' });
    }
    expect(await log()).toEqual(before);
    expect(visitor.heard()).not.toContain(canary);
  });

  test('P128 by the id of an invitation gets what any other id gets', async (t) => {
    const { server, anna, first, invite } = await openPrivate(t);
    await server.agent('bram-a');
    await invite(anna, 'bram-a');
    const { body } = await anna.event('invited');
    const answer = async (id: string) => {
      const { id: _, ...refusal } = await first.command({ type: 'answer', offer: id as never, values: [] });
      return refusal;
    };
    expect(await answer(body.invitation)).toEqual(await answer('nothing'));
    expect(await answer('nothing')).toMatchObject({ type: 'refusal', code: 'not_found' });
  });

  test('P128 by reading what it was never sent is told to agents as what it was', async (t) => {
    const { anna, first, second, conversation, log, caughtUp } = await openPrivate(t);
    for (const text of ['a', 'b', 'c']) await anna.say(conversation, text, 'agents');
    await anna.say(conversation, 'for you');
    for (const tab of [first, second]) await caughtUp(tab);
    const from = first.reader.frames.length;
    first.send({ type: 'seen', conversation, seq: 1000 });
    const seen = await anna.reader.find((one) => one.type === 'signal' && one.signal.kind === 'seen');
    expect(seen).toMatchObject({ signal: { seq: (await log()).length } });
    await first.say('done');
    expect(first.reader.frames.slice(from).filter((one) => one.type === 'signal')).toEqual([]);
  });
});

describe('an agent who has left', () => {
  test('P129 hears and reads nothing more from that moment, neither the chat nor its files', async (t) => {
    const chat = await openPrivate(t);
    const { bram, file } = await allThatIsPrivate(chat);
    const { anna, conversation } = chat;
    const reads = async (path: string) => (await bram.fetch(path)).status;
    const [events, blob] = [`/api/conversations/${conversation}/events`, `/files/${file}`];
    expect([await reads(events), await reads(blob)]).toEqual([200, 200]);
    await bram.command(conversation, { type: 'leave' });
    const gone = await bram.reader.ofType(
      'gone',
      bram.reader.frames.findLastIndex((one) => one.type === 'event'),
    );
    expect(gone).toMatchObject({ conversation, reason: 'left' });
    const from = bram.reader.frames.length;
    await anna.say(conversation, 'after Bram', 'agents');
    await anna.say(conversation, 'and for all');
    expect([await reads(events), await reads(blob)]).toEqual([404, 404]);
    bram.send({ type: 'resume', conversation, after: 0 });
    expect(await bram.say(conversation, 'me too', 'agents')).toMatchObject({ type: 'refusal', code: 'not_allowed' });
    expect(bram.reader.frames.slice(from).filter((one) => one.type === 'event')).toEqual([]);
    const ready = await bram.connect([{ conversation, after: 1 }]);
    expect(ready.conversations).toEqual([]);
  });

  test('who was a guest when it ended has it again after a reload', async (t) => {
    const chat = await openPrivate(t);
    const { bram } = await allThatIsPrivate(chat);
    const { anna, conversation } = chat;
    await anna.command(conversation, { type: 'end' });
    await bram.event('ended');
    const ready = await bram.connect([{ conversation, after: 1 }]);
    expect(ready.conversations).toMatchObject([{ conversation, after: 1 }]);
  });
});

describe('what goes wrong with a private message', () => {
  test('P130 is told to its sender alone, and the server’s log does not hold it', async (t) => {
    const { server, store, anna, conversation, canary, visitor, first, caughtUp } = await openPrivate(t);
    const say = (text: string) => anna.say(conversation, text, 'agents');
    const long = canary.padEnd(limits.messageLength + 1, 'x');
    anna.send({
      type: 'send',
      id: commandId(),
      conversation,
      command: { type: 'message', text: long, audience: 'agents' },
    });
    expect(await anna.reader.ofType('fault')).toMatchObject({ code: 'malformed', field: 'command.text' });
    expect(await anna.command('elsewhere', { type: 'message', text: canary, audience: 'agents' })).toMatchObject({
      code: 'not_found',
    });
    const files = [canary.slice(0, 22)];
    expect(
      await anna.command(conversation, { type: 'message', text: canary, audience: 'agents', files }),
    ).toMatchObject({ code: 'file_unknown' });

    const { append } = store.log;
    store.log.append = () => Promise.reject(new Error('the disk is gone'));
    expect(await say(canary)).toMatchObject({ type: 'refusal', code: 'unavailable' });
    store.log.append = append;

    await anna.say(conversation, 'in the open');
    await caughtUp(first);
    expect(visitor.heard()).not.toContain(canary);
    expect(visitor.heard()).not.toContain('unavailable');
    expect(server.log()).toContain('an append failed');
    expect(server.log()).not.toContain(canary);
  });

  test('P131 two agents who write at the same moment, one in private, are never mixed up', async (t) => {
    const chat = await openPrivate(t);
    const { server, anna, conversation, canary, visitor, first, second, caughtUp, log } = chat;
    const { bram } = await allThatIsPrivate(chat);
    const rounds = 1000;
    const atOnce = 20;
    for (let round = 0; round < rounds; round += atOnce) {
      server.advance(atOnce * 200);
      const both = upTo(atOnce).flatMap((index) => [
        anna.say(conversation, `${canary} ${round + index}`, 'agents'),
        bram.say(conversation, `open ${round + index}`),
      ]);
      for (const answer of await Promise.all(both)) expect(answer.type).toBe('ack');
    }
    for (const tab of [first, second]) await caughtUp(tab);
    const swapped = (await log()).filter(
      ({ body, visitorSeq }) => body.type === 'message' && body.text.includes('open') !== (visitorSeq !== null),
    );
    expect(swapped).toEqual([]);
    for (const tab of [first, second])
      expect(tab.texts.filter((text) => text.startsWith('open')).toSorted()).toEqual(
        upTo(rounds)
          .map((index) => `open ${index}`)
          .toSorted(),
      );
    expect(visitor.heard()).not.toContain(canary);
  });

  test('P132 is still private when it is sent again, and never sent without saying for whom', async (t) => {
    const { anna, conversation, canary, visitor, first, log, caughtUp } = await openPrivate(t);
    const id = commandId();
    const secret = { type: 'message', text: canary, audience: 'agents' } as const;
    // Cut off before the answer: the outbox does not know whether it arrived.
    anna.send({ type: 'send', id, conversation, command: secret });
    anna.close();
    await anna.connect();
    expect(await anna.command(conversation, secret, id)).toMatchObject({ type: 'ack' });
    const from = anna.reader.frames.length;
    anna.send({ type: 'send', id, conversation, command: { ...secret, audience: 'everyone' } });
    expect(await anna.reader.ofType('refusal', from)).toMatchObject({ code: 'conflicting_resend' });
    for (const audience of [undefined, null, '', 'Agents', 'visitor']) {
      const since = anna.reader.frames.length;
      anna.send({ type: 'send', id: commandId(), conversation, command: { ...secret, audience } });
      expect(await anna.reader.ofType('fault', since)).toMatchObject({ code: 'malformed' });
    }
    await anna.say(conversation, 'in the open');
    await caughtUp(first);
    expect((await log()).filter(({ body }) => body.type === 'message' && body.text === canary)).toHaveLength(1);
    expect(visitor.heard()).not.toContain(canary);
  });
});
