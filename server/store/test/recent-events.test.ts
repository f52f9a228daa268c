import { beforeEach, describe, expect, test } from 'vitest';
import type { OrganizationId, QueueId, SiteId } from '../../../protocol/ids.ts';
import { createRecentEvents, type RecentEvents } from '../recent-events.ts';
import type { Append, ConversationHead, Session } from '../store.ts';
import { begin, follow, message, newId } from './furnish.ts';

const session = { id: newId(), organization: 'o' as OrganizationId, site: 's' as SiteId } as unknown as Session;
const newConversation = () => begin(session, 'q' as QueueId);
const say = (head: ConversationHead) => follow(head, [message('hello')]);

describe('recent events', () => {
  let recent: RecentEvents;
  let row: number;
  beforeEach(() => {
    recent = createRecentEvents();
    row = 0;
  });

  /** What a commit does: moves what is ripe, writes a row, and counts so many bytes for each append. */
  const commit = (appends: Append[], bytes = 100) => {
    const moved = recent.ripe();
    recent.advance(
      moved,
      appends.map((append) => ({ append, bytes })),
      ++row,
    );
    return moved.map(({ id, events }) => ({ id, count: events.length }));
  };

  test('a conversation moves when it has sixty-four, all of them, with the next commit', () => {
    const other = newConversation();
    commit([other]);
    let { head } = newConversation();
    for (let count = 1; count <= 64; count++) {
      const next = say(head);
      expect(commit([next])).toEqual([]);
      head = next.head;
    }
    expect(recent.after(head.id, 0)).toHaveLength(64);
    const next = say(head);
    expect(commit([next])).toEqual([{ id: head.id, count: 64 }]);
    expect(recent.after(head.id, 0)).toEqual(next.events);
    expect(recent.head(head.id)).toBe(next.head);
    expect(recent.after(other.head.id, 0)).toHaveLength(1);
  });

  test('the oldest moves when much was written since, and no row before the oldest is needed', () => {
    const [first, second, third] = [newConversation(), newConversation(), newConversation()];
    const megabyte = 1024 * 1024;
    commit([first], megabyte);
    commit([second], megabyte);
    expect(recent.oldestRow).toBe(1);
    expect(commit([third], 2 * megabyte)).toEqual([]);
    expect(commit([say(third.head)])).toEqual([{ id: first.head.id, count: 1 }]);
    expect(recent.oldestRow).toBe(2);
    expect(recent.runs().map(({ id }) => id)).toEqual([second.head.id, third.head.id]);
  });

  test('what moved and goes on is among the youngest', () => {
    const [first, second] = [newConversation(), newConversation()];
    commit([first], 3 * 1024 * 1024);
    commit([second], 1024 * 1024);
    const next = say(first.head);
    expect(commit([next])).toEqual([{ id: first.head.id, count: 1 }]);
    expect(recent.runs().map(({ id }) => id)).toEqual([second.head.id, first.head.id]);
  });

  test('a head that was read before a move is brought up to date after it, never back', () => {
    const { head } = newConversation();
    const next = say(head);
    commit([next], 8 * 1024 * 1024);
    expect(recent.current([head])).toEqual([next.head]);
    const newer = { ...next.head, seq: 90 };
    expect(recent.current([newer])).toEqual([newer]);
    expect(commit([])).toHaveLength(1);
    expect(recent.head(head.id)).toBeUndefined();
    expect(recent.current([head])).toEqual([next.head]);
  });

  test('when all has moved, no row is needed', () => {
    commit([newConversation()], 8 * 1024 * 1024);
    commit([]);
    expect(recent.oldestRow).toBe(3);
  });
});
