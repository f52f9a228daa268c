import { describe, expect, test } from 'vitest';
import type { AgentId, ConversationId, QueueId, SiteId } from '../../../protocol/ids.ts';
import type { ConversationHead } from '../store.ts';
import { begin, follow, furnish, message, newAgent, newId, newSession, newSite, open, whisper } from './furnish.ts';
import type { Opened } from './store-contract.ts';

export function describeConversations(opened: Opened): void {
  const start = async () => {
    const { store } = opened;
    const furnished = await furnish(store);
    return { store, furnished, conversations: store.conversations };
  };
  /** Of those, since the tests share a database and these questions go to all of it. */
  const among = (found: readonly ConversationHead[], ...heads: readonly ConversationHead[]) =>
    found.map(({ id }) => id).filter((id) => heads.some((head) => head.id === id));
  const idsOf = (...heads: readonly ConversationHead[]) => heads.map(({ id }) => id);

  describe('conversations', () => {
    test('are found by their id, by staff only within their organization', async () => {
      const { store, furnished, conversations } = await start();
      const other = await furnish(store);
      const head = await open(store, furnished);
      expect(await conversations.find(head.id)).toEqual(head);
      expect(await conversations.findOf(furnished.organization, head.id)).toEqual(head);
      expect(await conversations.findOf(other.organization, head.id)).toBeNull();
      expect(await conversations.find(newId<'conversation'>() as ConversationId)).toBeNull();
    });

    test('the latest of a session is the one that goes on, or the one requested last', async () => {
      const { store, furnished, conversations } = await start();
      const session = await newSession(store, furnished);
      expect(await conversations.latestOfSession(session.id)).toBeNull();
      const ended = (requestedAt: number) =>
        begin(session, furnished.queue, { phase: 'ended', requestedAt, endedAt: requestedAt + 1 });
      const [older, newer] = [ended(1000), ended(2000)];
      for (const append of [newer, older]) await store.log.append(append);
      expect(await conversations.latestOfSession(session.id)).toEqual(newer.head);
      const going = begin(session, furnished.queue, { requestedAt: 2000 });
      await store.log.append(going);
      expect(await conversations.latestOfSession(session.id)).toEqual(going.head);
    });

    test('3: open are those of an organization that have not ended, of some of its queues or all, in their order', async () => {
      const { store, furnished, conversations } = await start();
      const { organization, queue } = furnished;
      const sales: QueueId = newId();
      await store.queues.create({ id: sales, organization, name: 'Second' });
      const other = await furnish(store);
      const later = await open(store, furnished, { requestedAt: 3000, since: 5000 });
      const first = await open(store, furnished, { phase: 'active', agent: furnished.agent.id, requestedAt: 1000 });
      const elsewhere = begin(await newSession(store, furnished), sales, { requestedAt: 2000 });
      await store.log.append(elsewhere);
      await open(store, furnished, { phase: 'ended', endedAt: 9 });
      await open(store, other);
      expect(await conversations.open(organization, null)).toEqual([first, elsewhere.head, later]);
      expect(await conversations.open(organization, [queue])).toEqual([first, later]);
      expect(await conversations.open(organization, [])).toEqual([]);
      expect(await conversations.open(other.organization, [queue])).toEqual([]);
    });

    test('with an agent are those presented to them and those they have accepted', async () => {
      const { store, furnished, conversations } = await start();
      const agent = furnished.agent.id;
      const active = await open(store, furnished, { phase: 'active', agent, requestedAt: 2 });
      const presented = await open(store, furnished, { phase: 'presented', agent, dueAt: 9, requestedAt: 1 });
      await open(store, furnished, { phase: 'ended', agent, endedAt: 5 });
      await open(store, furnished, { phase: 'waiting', agent });
      expect(await conversations.withAgent(agent)).toEqual([presented, active]);
    });

    test('with an agent are also those they were invited to join, and those they have joined', async () => {
      const { store, furnished, conversations } = await start();
      const { organization, profile, agent } = furnished;
      const [guest, longer] = [newAgent(organization, [profile]), newAgent(organization, [profile])];
      // An id that holds another one is not taken for it.
      const cut = { ...newAgent(organization, [profile]), id: guest.id.slice(1) as AgentId };
      for (const one of [guest, longer, cut]) await store.agents.create(one);
      const active = { phase: 'active', agent: agent.id } as const;
      const joined = await open(store, furnished, { ...active, guests: [longer.id, guest.id], requestedAt: 2 });
      const asked = await open(store, furnished, { ...active, asked: guest.id, dueAt: 9, requestedAt: 1 });
      await open(store, furnished, { phase: 'ended', agent: agent.id, guests: [guest.id], endedAt: 5 });
      const own = await open(store, furnished, { phase: 'active', agent: guest.id, requestedAt: 3 });
      expect(await conversations.withAgent(guest.id)).toEqual([asked, joined, own]);
      expect(await conversations.withAgent(longer.id)).toEqual([joined]);
      expect(await conversations.withAgent(cut.id)).toEqual([]);
    });

    test('invited to are those of which a queue wants somebody who is yet to be asked', async () => {
      const { store, furnished, conversations } = await start();
      const { queue, agent, organization } = furnished;
      const other: QueueId = newId();
      await store.queues.create({ id: other, organization, name: 'Other' });
      const active = { phase: 'active', agent: agent.id } as const;
      const later = await open(store, furnished, { ...active, invitedQueue: queue, dueAt: 20 });
      const sooner = await open(store, furnished, { ...active, invitedQueue: queue, dueAt: 10 });
      const elsewhere = await open(store, furnished, { ...active, invitedQueue: other, dueAt: 5 });
      await open(store, furnished, active);
      expect(await conversations.invitedTo(queue)).toEqual([sooner, later]);
      expect(await conversations.invitedTo(other)).toEqual([elsewhere]);
      const queues = (await conversations.invitedQueues()).filter((one) => one === queue || one === other);
      expect(queues.toSorted()).toEqual([queue, other].toSorted());
      const joined = { invitedQueue: null, dueAt: null } as const;
      for (const head of [later, sooner]) await store.log.append(follow(head, [message('x')], { change: joined }));
      expect(await conversations.invitedTo(queue)).toEqual([]);
      expect(await conversations.invitedQueues()).not.toContain(queue);
    });

    test('due are invitations too, whoever they stand before', async () => {
      const { store, furnished, conversations } = await start();
      const { queue, agent } = furnished;
      const active = { phase: 'active', agent: agent.id } as const;
      const wanted = await open(store, furnished, { ...active, invitedQueue: queue, dueAt: 3 });
      const asked = await open(store, furnished, { ...active, asked: agent.id, dueAt: 4 });
      const none = await open(store, furnished, active);
      expect(among(await conversations.due(3, 1000), wanted, asked, none)).toEqual(idsOf(wanted));
      expect(among(await conversations.due(4, 1000), wanted, asked, none)).toEqual(idsOf(wanted, asked));
    });

    test('waiting are in the order of their requests, whoever was presented in between', async () => {
      const { store, furnished, conversations } = await start();
      const agent = furnished.agent.id;
      const second = await open(store, furnished, { requestedAt: 20 });
      const first = await open(store, furnished, { requestedAt: 10 });
      const presented = await open(store, furnished, { requestedAt: 5, phase: 'presented', agent, dueAt: 50 });
      const all = [first, second, presented];
      expect(among(await conversations.waiting(1000), ...all)).toEqual(idsOf(first, second));
      expect(await conversations.waiting(1)).toHaveLength(1);
      const line = await conversations.inQueue(furnished.queue);
      expect(line).toEqual(
        [presented, first, second].map(({ id, requestedAt }) => ({ id, requestedAt, lostAt: null })),
      );
      await store.sessions.setLost(first.session, 30);
      const lostAt = (await conversations.inQueue(furnished.queue)).map((one) => one.lostAt);
      expect(lostAt).toEqual([null, 30, null]);
      const back = follow(presented, [{ type: 'lapsed', agent: { id: agent, name: 'Anna' } }], {
        change: { phase: 'waiting', agent: null, dueAt: null },
      });
      await store.log.append(back);
      expect(among(await conversations.waiting(1000), ...all)).toEqual(idsOf(presented, first, second));
    });

    test('due are the presented whose time is up', async () => {
      const { store, furnished, conversations } = await start();
      const agent = furnished.agent.id;
      const [late, later, future] = (await Promise.all(
        [100, 200, 300].map((dueAt) => open(store, furnished, { phase: 'presented', agent, dueAt })),
      )) as [ConversationHead, ConversationHead, ConversationHead];
      expect(among(await conversations.due(200, 1000), late, later, future)).toEqual(idsOf(late, later));
      expect(await conversations.due(200, 1)).toHaveLength(1);
      expect(await conversations.due(0, 1000)).toEqual([]);
    });

    test('abandoned are those in the queue whose visitor has been gone for long enough', async () => {
      const { store, furnished, conversations } = await start();
      const agent = furnished.agent.id;
      const gone = await open(store, furnished);
      const presented = await open(store, furnished, { phase: 'presented', agent, dueAt: 9 });
      const active = await open(store, furnished, { phase: 'active', agent });
      const here = await open(store, furnished);
      const justGone = await open(store, furnished);
      for (const { session } of [gone, presented, active]) await store.sessions.setLost(session, 1000);
      await store.sessions.setLost(justGone.session, 1001);
      await store.sessions.setLost(here.session, 900);
      await store.sessions.setLost(here.session, null);
      const found = await conversations.abandoned(1000, 1000);
      expect(among(found, gone, presented, active, here, justGone).sort()).toEqual(idsOf(gone, presented).sort());
      expect(await conversations.abandoned(1000, 1)).toHaveLength(1);
    });

    test('with a key are the open ones that it verified, at its site', async () => {
      const { store, furnished, conversations } = await start();
      const verified = await open(store, furnished, { keyId: 'k1', subject: 'ada' });
      await open(store, furnished, { keyId: 'k2', subject: 'ada' });
      await open(store, furnished, { keyId: 'k1', phase: 'ended', endedAt: 5 });
      expect(await conversations.withKey(furnished.site.id, 'k1')).toEqual([verified]);
      expect(await conversations.withKey(newId<'site'>() as SiteId, 'k1')).toEqual([]);
    });

    test('earlier ones are of the same person at the same site, the newest first', async () => {
      const { store, furnished, conversations } = await start();
      const twin = newSite(furnished.organization, furnished.queue);
      await store.sites.create(twin);
      const of = (subject: string | null, endedAt: number | null) =>
        open(store, furnished, { subject, phase: endedAt ? 'ended' : 'active', endedAt, agent: furnished.agent.id });
      const [now, older, newer] = [await of('ada', null), await of('ada', 100), await of('ada', 200)];
      await of('ben', 150);
      await of(null, 160);
      await open(store, { ...furnished, site: twin }, { subject: 'ada', phase: 'ended', endedAt: 170 });
      expect(await conversations.earlier(now, 10)).toEqual([newer, older]);
      expect(await conversations.earlier(now, 1)).toEqual([newer]);
      expect(await conversations.earlier(older, 10)).toEqual([newer]);
      expect(await conversations.earlier(await of(null, null), 10)).toEqual([]);
    });

    test('how far the visitor has read never goes back, and is told in the numbers of the agents', async () => {
      const { store, furnished, conversations } = await start();
      const head = await open(store, furnished);
      expect(await conversations.seenSeq(head.id)).toBe(0);
      // Positions 2 to 6, of which the visitor counts 3 as 2 and 6 as 3.
      await store.log.append(follow(head, [whisper('a'), message('b'), whisper('c'), whisper('d'), message('e')]));
      await conversations.markSeen(head.id, 1);
      expect(await conversations.seenSeq(head.id)).toBe(1);
      await conversations.markSeen(head.id, 3);
      expect(await conversations.seenSeq(head.id)).toBe(6);
      await conversations.markSeen(head.id, 2);
      expect(await conversations.seenSeq(head.id)).toBe(6);
      await opened.reopen();
      expect(await opened.store.conversations.seenSeq(head.id)).toBe(6);
      expect(await opened.store.conversations.seenSeq(newId<'conversation'>() as ConversationId)).toBe(0);
    });

    test('an agent of their own organization is all they can be with', async () => {
      const { store, furnished } = await start();
      const stranger = newAgent((await furnish(store)).organization, []);
      await store.agents.create(stranger);
      const head = await open(store, furnished);
      const change = { phase: 'active', agent: stranger.id } as const;
      await expect(store.log.append(follow(head, [message('x')], { change }))).rejects.toThrow();
    });
  });
}
