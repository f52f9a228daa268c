import { describe, expect, test } from 'vitest';
import type { ConversationId } from '../../../protocol/ids.ts';
import type { Store } from '../../store/store.ts';
import { foreign, sales, support } from './furnish.ts';
import { openDesk } from './open-desk.ts';
import { codeOf, newId } from './people.ts';

describe('a request', () => {
  test('keeps the session, begins a conversation in the site’s own queue, and tells the visitor’s tabs', async (t) => {
    const { visitor, store, head, toldTo } = await openDesk(t);
    const ada = await visitor();
    const id = await ada.request();
    expect(await head(id)).toMatchObject({ phase: 'waiting', queue: support, session: ada.session.id });
    expect(await store.sessions.findByTokenHash(ada.session.site, ada.session.tokenHash)).toMatchObject({
      id: ada.session.id,
    });
    expect(toldTo(`session:${ada.session.id}`)).toEqual([{ kind: 'begun', conversation: id }]);
  });

  test('goes to the queue that the page names, if it is one of the site’s', async (t) => {
    const { visitor, head } = await openDesk(t);
    expect(await head(await (await visitor()).request({ queue: sales }))).toMatchObject({ queue: sales });
  });

  test('INV6 names no queue of another organization, and leaves no trace when it tries', async (t) => {
    const { visitor, store } = await openDesk(t);
    const ada = await visitor();
    const answer = await ada.tryRequest({ queue: foreign });
    expect(answer).toMatchObject({ ok: false, refusal: { code: 'invalid_field', field: 'queue' } });
    expect(await store.sessions.findByTokenHash(ada.session.site, ada.session.tokenHash)).toBeNull();
    expect(await store.conversations.waiting(10)).toEqual([]);
  });

  test('INV7 with a name or an e-mail address that is none is refused by the name of the field', async (t) => {
    const { visitor, store } = await openDesk(t);
    const ada = await visitor();
    for (const [field, value] of [
      ['name', '\u200b'],
      ['email', 'ada@example.org,eve@example.org'],
    ] as const)
      expect(await ada.tryRequest({ [field]: value })).toMatchObject({
        ok: false,
        refusal: { code: 'invalid_field', field },
      });
    expect(await store.conversations.waiting(10)).toEqual([]);
  });

  test('a second one while the first is open is refused; after its end it begins another', async (t) => {
    const { visitor } = await openDesk(t);
    const ada = await visitor();
    const first = await ada.request();
    expect(codeOf(await ada.tryRequest())).toBe('already_open');
    await ada.end();
    const second = await ada.request();
    expect(second).not.toBe(first);
  });

  test('two at once from a new session begin one conversation', async (t) => {
    const { visitor, store } = await openDesk(t);
    const ada = await visitor();
    const codes = (await Promise.all([ada.tryRequest(), ada.tryRequest()])).map(codeOf);
    expect(codes.toSorted()).toEqual(['already_open', 'ok']);
    expect(await store.conversations.waiting(10)).toHaveLength(1);
  });
});

describe('a message', () => {
  test('is acknowledged with its place, in the log’s numbering and in the visitor’s', async (t) => {
    const { visitor, agent } = await openDesk(t);
    const anna = await agent('anna');
    const ada = await visitor();
    const id = await ada.request();
    await anna.accept(id);
    // requested, presented, accepted: the visitor sees two of the three.
    expect(await ada.say('hello')).toMatchObject({ ok: true, conversation: id, seq: 4, visitorSeq: 3 });
    expect(await anna.say(id, 'psst', 'agents')).toMatchObject({ ok: true, seq: 5 });
    expect(await ada.say('still there?')).toMatchObject({ seq: 6, visitorSeq: 4 });
  });

  test('is told to nobody before it is in the log', async (t) => {
    const { visitor, store, heard } = await openDesk(t, {
      between: (real) => ({
        ...real,
        log: {
          ...real.log,
          async append(append) {
            const before = heardCount();
            const outcome = await real.log.append(append);
            expect(heardCount()).toBe(before);
            return outcome;
          },
        },
      }),
    });
    const heardCount = () => heard.filter(({ topic, message }) => topic !== 'log' && message.kind === 'events').length;
    const ada = await visitor();
    const id = await ada.request();
    await ada.say('hello');
    expect(heardCount()).toBe(2);
    expect(await store.log.read(id, 0, 10)).toHaveLength(2);
  });

  test('costs one append and nothing else', async (t) => {
    const calls: string[] = [];
    const counted = <Part extends object>(name: string, part: Part): Part =>
      new Proxy(part, {
        get(target, key, receiver) {
          calls.push(`${name}.${String(key)}`);
          return Reflect.get(target, key, receiver);
        },
      });
    const { visitor, agent } = await openDesk(t, {
      between: (real): Store => ({
        ...real,
        log: counted('log', real.log),
        conversations: counted('conversations', real.conversations),
        sessions: counted('sessions', real.sessions),
        sites: counted('sites', real.sites),
        agents: counted('agents', real.agents),
        queues: counted('queues', real.queues),
      }),
    });
    const anna = await agent('anna');
    const ada = await visitor();
    const id = await ada.request();
    await anna.accept(id);
    calls.length = 0;
    await ada.say('hello');
    await anna.say(id, 'hello');
    expect(calls).toEqual(['log.append', 'log.append']);
  });

  test('waits for those before it in its conversation, so that no append is tried in vain', async (t) => {
    let appends = 0;
    const { visitor, desk } = await openDesk(t, {
      between: (real) => ({
        ...real,
        log: {
          ...real.log,
          append(append) {
            appends++;
            return real.log.append(append);
          },
        },
      }),
    });
    const ada = await visitor();
    await ada.request();
    appends = 0;
    const said = Array.from({ length: 20 }, (_, index) =>
      desk.fromVisitor(ada.context(), newId(), { type: 'message', text: `${index}` }),
    );
    expect((await Promise.all(said)).map((answer) => answer.ok && answer.seq)).toEqual(
      said.map((_, index) => index + 2),
    );
    expect(appends).toBe(20);
  });

  test('without a conversation, or after its end, is refused', async (t) => {
    const { visitor } = await openDesk(t);
    const ada = await visitor();
    expect(codeOf(await ada.say('hello'))).toBe('not_found');
    await ada.request();
    await ada.end();
    expect(codeOf(await ada.say('hello'))).toBe('already_ended');
    expect(codeOf(await ada.end())).toBe('already_ended');
  });

  test('W036 to another’s conversation is refused as one to none at all', async (t) => {
    const { visitor } = await openDesk(t);
    const bens = await (await visitor()).request();
    const ada = await visitor();
    await ada.request();
    const toBen = await ada.send({ type: 'message', text: 'hi' }, newId(), bens);
    const toNobody = await ada.send({ type: 'message', text: 'hi' }, newId(), 'nothing' as ConversationId);
    expect(toBen).toEqual(toNobody);
    expect(codeOf(toBen)).toBe('not_found');
  });

  test('INV6 an agent of another organization finds no conversation, whatever they do', async (t) => {
    const { visitor, agent, log } = await openDesk(t);
    const eve = await agent('eve', { ready: false });
    const id = await (await visitor()).request();
    const nothing = 'nothing' as ConversationId;
    for (const command of [
      { type: 'accept' },
      { type: 'decline' },
      { type: 'end' },
      { type: 'message', text: 'hi', audience: 'everyone' },
    ] as const)
      expect(await eve.send(id, command)).toEqual(await eve.send(nothing, command));
    expect(await log(id)).toHaveLength(1);
    expect(await eve.desk.readable(eve.agent, id)).toBeNull();
  });
});

describe('stopping', () => {
  test('R210 finishes what is under way and takes nothing new', async (t) => {
    const { visitor, desk, log } = await openDesk(t);
    const ada = await visitor();
    const id = await ada.request();
    const underWay = Array.from({ length: 20 }, (_, index) =>
      desk.fromVisitor(ada.context(), newId(), { type: 'message', text: `${index}` }),
    );
    await desk.stop();
    expect(await log(id)).toHaveLength(21);
    expect((await Promise.all(underWay)).every(({ ok }) => ok)).toBe(true);
    expect(codeOf(await desk.fromVisitor(ada.context(), newId(), { type: 'message', text: 'late' }))).toBe(
      'unavailable',
    );
  });
});
