import { describe, expect, test } from 'vitest';
import type { CommandId, ConversationId } from '../../../protocol/ids.ts';
import type { AppendOutcome, ConversationHead, Store } from '../store.ts';
import { begin, follow, furnish, message, newId, newSession, open, whisper } from './furnish.ts';
import type { Opened } from './store-contract.ts';

export function describeLog(opened: Opened): void {
  const start = async () => {
    const { store } = opened;
    const furnished = await furnish(store);
    return { store, furnished, log: store.log };
  };

  describe('the log', () => {
    test('begins a conversation and goes on from it, and the head is as the last append left it', async () => {
      const { store, furnished, log } = await start();
      const first = begin(await newSession(store, furnished), furnished.queue);
      expect(await log.append(first)).toEqual({ kind: 'appended' });
      const change = { phase: 'presented', agent: furnished.agent.id, dueAt: 5000 } as const;
      const second = follow(first.head, [message('one'), message('two')], { change });
      expect(await log.append(second)).toEqual({ kind: 'appended' });
      expect(await store.conversations.find(first.head.id)).toEqual(second.head);
      expect(await log.read(first.head.id, 0, 10)).toEqual([...first.events, ...second.events]);
    });

    test('keeps every character of a text', async () => {
      const { store, furnished, log } = await start();
      const head = await open(store, furnished);
      const odd = follow(head, [
        message('\u0000 \' " \\ \\u0000 \n 🙂 \u202E :id $1 ? %s {"a":[1]} ; drop table event'),
      ]);
      await log.append(odd);
      expect(await log.read(head.id, head.seq, 10)).toEqual(odd.events);
    });

    test('a position that is taken is a conflict and writes nothing', async () => {
      const { store, furnished, log } = await start();
      const head = await open(store, furnished);
      await log.append(follow(head, [message('first')]));
      expect(await log.append(follow(head, [message('second')]))).toEqual({ kind: 'conflict' });
      expect(await log.append(follow({ ...head, seq: 7 }, [message('ahead')]))).toEqual({ kind: 'conflict' });
      expect(await textsOf(store, head.id)).toEqual(['first']);
    });

    test('a conversation that has begun does not begin again, and one that has not cannot go on', async () => {
      const { store, furnished, log } = await start();
      const first = begin(await newSession(store, furnished), furnished.queue);
      const unborn = begin(await newSession(store, furnished), furnished.queue);
      await log.append(first);
      expect(
        await log.append({ ...first, events: first.events.map((event) => ({ ...event, command: null })) }),
      ).toEqual({
        kind: 'conflict',
      });
      expect(await log.append(follow(unborn.head, [message('too early')]))).toEqual({ kind: 'conflict' });
    });

    test('a command that was carried out is answered with its first event, wherever the log is by now', async () => {
      const { store, furnished, log } = await start();
      const head = await open(store, furnished);
      const command = newId();
      const first = follow(head, [message('once')], { command });
      await log.append(first);
      const later = follow(first.head, [message('something else')]);
      await log.append(later);
      const again = { kind: 'duplicate', event: first.events[0] };
      expect(await log.append(first)).toEqual(again);
      expect(await log.append(follow(later.head, [message('once')], { command, at: 9999 }))).toEqual(again);
      expect(await log.findCommand(head.id, command as CommandId)).toEqual(first.events[0]);
      expect(await textsOf(store, head.id)).toEqual(['once', 'something else']);
    });

    test('a command id means nothing in another conversation', async () => {
      const { store, furnished, log } = await start();
      const command = newId();
      const [one, other] = [await open(store, furnished), await open(store, furnished)];
      expect(await log.append(follow(one, [message('a')], { command }))).toEqual({ kind: 'appended' });
      expect(await log.append(follow(other, [message('b')], { command }))).toEqual({ kind: 'appended' });
      expect(await log.findCommand(newId<'conversation'>() as ConversationId, command as CommandId)).toBeNull();
    });

    test('the same command twice in one group is carried out once', async () => {
      const { store, furnished, log } = await start();
      const head = await open(store, furnished);
      const first = follow(head, [message('once')], { command: newId() });
      const outcomes = await Promise.all([log.append(first), log.append(first), log.append(first)]);
      const duplicate = { kind: 'duplicate', event: first.events[0] };
      expect(outcomes).toEqual([{ kind: 'appended' }, duplicate, duplicate]);
      expect(await textsOf(store, head.id)).toEqual(['once']);
    });

    test('appends of one group see those before them', async () => {
      const { store, furnished, log } = await start();
      const head = await open(store, furnished);
      const one = follow(head, [message('one')]);
      const two = follow(one.head, [message('two')]);
      const outcomes = await Promise.all(
        [one, two, follow(one.head, [message('late')])].map((append) => log.append(append)),
      );
      expect(kinds(outcomes)).toEqual(['appended', 'appended', 'conflict']);
      expect(await store.conversations.find(head.id)).toEqual(two.head);
    });

    test('a session has one conversation that has not ended', async () => {
      const { store, furnished, log } = await start();
      const session = await newSession(store, furnished);
      const first = begin(session, furnished.queue);
      const second = begin(session, furnished.queue);
      await log.append(first);
      expect(await log.append(second)).toEqual({ kind: 'session_busy' });
      const end = follow(first.head, [{ type: 'ended', reason: 'visitor' }], {
        change: { phase: 'ended', endedAt: 2000 },
      });
      await log.append(end);
      expect(await log.append(second)).toEqual({ kind: 'appended' });
      expect(await log.append(follow(end.head, [whisper('after all')]))).toEqual({ kind: 'appended' });
      expect(await log.append(begin(session, furnished.queue))).toEqual({ kind: 'session_busy' });
    });

    test('one group may end a conversation of a session and begin the next, not the other way round', async () => {
      const { store, furnished, log } = await start();
      const session = await newSession(store, furnished);
      const first = begin(session, furnished.queue);
      const end = follow(first.head, [{ type: 'ended', reason: 'visitor' }], {
        change: { phase: 'ended', endedAt: 2000 },
      });
      const [early, second, third] = [1, 2, 3].map(() => begin(session, furnished.queue)) as [
        typeof first,
        typeof first,
        typeof first,
      ];
      const outcomes = await Promise.all([first, early, end, second, third].map((append) => log.append(append)));
      expect(kinds(outcomes)).toEqual(['appended', 'session_busy', 'appended', 'appended', 'session_busy']);
      expect(await store.conversations.latestOfSession(session.id)).toEqual(second.head);
    });

    test('an append that cannot be written fails alone', async () => {
      const { store, furnished, log } = await start();
      const head = await open(store, furnished);
      const good = follow(head, [message('good')]);
      const elsewhere = begin({ ...(await newSession(store, furnished)), id: newId() }, furnished.queue);
      const misnumbered = { ...follow(good.head, [message('gap')]), head: { ...good.head, seq: 99 } };
      const settled = await Promise.allSettled([good, elsewhere, misnumbered].map((append) => log.append(append)));
      expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
      expect(await log.append(follow(good.head, [message('on')]))).toEqual({ kind: 'appended' });
      expect(await textsOf(store, head.id)).toEqual(['good', 'on']);
      expect(await store.conversations.find(elsewhere.head.id)).toBeNull();
    });

    test('a conversation of one organization cannot point into another', async () => {
      const { store, furnished, log } = await start();
      const other = await furnish(store);
      const session = await newSession(store, furnished);
      await expect(log.append(begin(session, other.queue))).rejects.toThrow();
      await expect(
        log.append(begin(session, furnished.queue, { agent: other.agent.id, phase: 'active' })),
      ).rejects.toThrow();
    });

    test('of 200 who want one position one gets it', async () => {
      const { store, furnished, log } = await start();
      const head = await open(store, furnished);
      const outcomes = await Promise.all(
        Array.from({ length: 200 }, (_, n) => log.append(follow(head, [message(`${n}`)]))),
      );
      expect(kinds(outcomes).filter((kind) => kind === 'appended')).toHaveLength(1);
      expect(kinds(outcomes).filter((kind) => kind === 'conflict')).toHaveLength(199);
      expect(await textsOf(store, head.id)).toHaveLength(1);
    });

    test('who loses a race and tries again gets in, at a position of their own, without a gap', async () => {
      const { store, furnished, log } = await start();
      const begun = await open(store, furnished);
      const won = await Promise.all(Array.from({ length: 40 }, (_, racer) => race(store, begun, racer)));
      const events = await log.read(begun.id, 0, 1000);
      expect(events.map(({ seq }) => seq)).toEqual(Array.from({ length: 41 }, (_, index) => index + 1));
      expect(new Set(won).size).toBe(40);
      expect(new Set(await textsOf(store, begun.id)).size).toBe(40);
    });

    test('what the visitor may see is numbered without a gap, from any position', async () => {
      const { store, furnished, log } = await start();
      let head = await open(store, furnished);
      const bodies = Array.from({ length: 40 }, (_, n) => (n % 3 === 0 ? message(`${n}`) : whisper(`${n}`)));
      for (const body of bodies) {
        const next = follow(head, [body]);
        await log.append(next);
        head = next.head;
      }
      const seen = await log.readVisible(head.id, 0, 100);
      expect(seen.map(({ visitorSeq }) => visitorSeq)).toEqual(Array.from({ length: 15 }, (_, index) => index + 1));
      expect(seen.every(({ body }) => body.type !== 'message' || body.audience === 'everyone')).toBe(true);
      expect(await log.readVisible(head.id, 4, 3)).toEqual(seen.slice(4, 7));
      expect(await log.readVisible(head.id, 15, 3)).toEqual([]);
      const all = await log.read(head.id, 0, 100);
      expect(await log.read(head.id, 12, 9)).toEqual(all.slice(12, 21));
      expect(await log.read(head.id, 41, 9)).toEqual([]);
    });

    test('what was acknowledged is there after opening again', async () => {
      const { furnished } = await start();
      const heads = await Promise.all(Array.from({ length: 20 }, () => open(opened.store, furnished)));
      const appends = heads.flatMap((head, index) => {
        const one = follow(head, [message('one'), whisper('two')], { command: newId() });
        return index % 2 === 0 ? [one] : [one, follow(one.head, [message('three')])];
      });
      await Promise.all(appends.map((append) => opened.store.log.append(append)));
      await opened.reopen();
      for (const { head, events } of appends) {
        const last = events.at(-1)?.seq ?? 0;
        expect(await opened.store.log.read(head.id, last - events.length, events.length)).toEqual(events);
      }
      for (const { id } of heads) {
        const last = appends.findLast(({ head }) => head.id === id);
        expect(await opened.store.conversations.find(id)).toEqual(last?.head);
      }
    });

    test('closing waits for what was handed in', async () => {
      const { furnished } = await start();
      const head = await open(opened.store, furnished);
      const append = opened.store.log.append(follow(head, [message('last words')]));
      await opened.reopen();
      expect(await append).toEqual({ kind: 'appended' });
      expect(await textsOf(opened.store, head.id)).toEqual(['last words']);
    });
  });
}

const kinds = (outcomes: readonly AppendOutcome[]) => outcomes.map(({ kind }) => kind);

/** Reloads and tries again until its message is in; returns its position. */
async function race(store: Store, begun: ConversationHead, racer: number): Promise<number> {
  let head: ConversationHead | null = begun;
  while (head) {
    const append = follow(head, [message(`racer ${racer}`)], { command: `racer-${racer}-of-many` });
    const outcome = await store.log.append(append);
    if (outcome.kind === 'appended') return append.head.seq;
    expect(outcome.kind).toBe('conflict');
    head = await store.conversations.find(begun.id);
  }
  throw new Error('The conversation is gone.');
}

async function textsOf(store: Store, id: ConversationId): Promise<string[]> {
  const events = await store.log.read(id, 0, 1000);
  return events.flatMap(({ body }) => (body.type === 'message' ? [body.text] : []));
}
