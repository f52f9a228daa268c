import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CommandId, ConversationId } from '../../../protocol/ids.ts';
import { createSeenCommands } from '../seen-commands.ts';

const chat = 'chat' as ConversationId;
const other = 'other' as ConversationId;
const one = 'command-one' as CommandId;
const two = 'command-two' as CommandId;

/** With a log beside it that has what was committed. */
function open(capacity?: number) {
  const log = new Map<ConversationId, CommandId[]>();
  const reads: ConversationId[] = [];
  const seen = createSeenCommands((id) => {
    reads.push(id);
    return log.get(id) ?? [];
  }, capacity);
  return {
    seen,
    reads,
    commit(id: ConversationId, ...commands: CommandId[]) {
      log.set(id, [...(log.get(id) ?? []), ...commands]);
      seen.add(id, commands);
    },
  };
}

describe('seen commands', () => {
  test('a command is new until it was committed, in its own conversation alone', () => {
    const { seen, commit } = open();
    expect(seen.isNew(chat, one)).toBe(true);
    commit(chat, one);
    expect(seen.isNew(chat, one)).toBe(false);
    expect(seen.isNew(chat, two)).toBe(true);
    expect(seen.isNew(other, one)).toBe(true);
  });

  test('what the log had before is read once', () => {
    const { seen, commit, reads } = open();
    commit(chat, one);
    expect(seen.isNew(chat, one)).toBe(false);
    expect(seen.isNew(chat, two)).toBe(true);
    expect(reads).toEqual([chat]);
  });

  test('what was forgotten is read again', () => {
    const { seen, commit, reads } = open();
    seen.isNew(chat, one);
    commit(chat, one);
    seen.forget(chat);
    expect(seen.isNew(chat, one)).toBe(false);
    seen.clear();
    expect(seen.isNew(chat, one)).toBe(false);
    expect(reads).toEqual([chat, chat, chat]);
  });

  test('no more is kept than there is room for, however many conversations nothing is committed in', () => {
    const { seen, reads } = open(100);
    for (let count = 0; count < 50; count++) seen.isNew(`chat-${count}` as ConversationId, one);
    reads.length = 0;
    for (let count = 49; count >= 0; count--) seen.isNew(`chat-${count}` as ConversationId, one);
    expect(50 - reads.length).toBeGreaterThan(0);
    expect(50 - reads.length).toBeLessThan(10);
  });

  test('whatever happens, what was committed is never called new', () => {
    const id = fc.integer({ min: 0, max: 3 }).map((number) => `chat-${number}` as ConversationId);
    const command = fc.integer({ min: 0, max: 40 }).map((number) => `command-${number}` as CommandId);
    const step = fc.record({ id, command, forgets: fc.integer({ min: 0, max: 9 }).map((number) => number === 0) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), fc.integer({ min: 0, max: 80 }), (steps, capacity) => {
        const { seen, commit } = open(capacity);
        const committed = new Set<string>();
        for (const { id, command, forgets } of steps) {
          const key = `${id} ${command}`;
          expect(seen.isNew(id, command)).toBe(!committed.has(key));
          if (!committed.has(key)) commit(id, command);
          committed.add(key);
          if (forgets) seen.forget(id);
        }
      }),
    );
  });
});
