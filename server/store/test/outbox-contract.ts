import { describe, expect, test } from 'vitest';
import type { ConversationId, MailId } from '../../../protocol/ids.ts';
import { limits } from '../../../protocol/limits.ts';
import { type Confirmation, type MailStep, mailFollower, type NewMail } from '../outbox-store.ts';
import type { ConversationHead, Store } from '../store.ts';
import { furnish, newId, open } from './furnish.ts';
import { positionOf } from './position-of.ts';
import type { Opened } from './store-contract.ts';

const dayMs = 24 * 3_600_000;

async function start(store: Store) {
  const furnished = await furnish(store);
  const { organization, site } = furnished;
  const head = await open(store, furnished, { phase: 'ended' });
  const mail = (change: Partial<NewMail> = {}): NewMail => ({
    id: newId<'mail'>() as MailId,
    subject: { kind: 'transcript', conversation: head.id, site: site.id, seq: 3 },
    recipient: `${newId()}@visitor.example`,
    language: 'nl',
    createdAt: 1000,
    secret: null,
    session: head.session,
    ...change,
  });
  const write = async (mails: readonly NewMail[], now: number, confirmations: readonly Confirmation[] = []) => {
    const { seq: from } = await positionOf(store, mailFollower, head.id);
    expect(await store.outbox.record([stepOf(head, from, mails, confirmations)], now)).toEqual([]);
  };
  const stateOf = async (id: MailId) => (await store.outbox.find(organization, id))?.state;
  return { store, outbox: store.outbox, furnished, organization, site, head, mail, write, stateOf };
}

const stepOf = (
  { id: conversation, organization }: Pick<ConversationHead, 'id' | 'organization'>,
  from: number,
  mails: readonly NewMail[],
  confirmations: readonly Confirmation[] = [],
): MailStep => ({ organization, conversation, from, to: from + 1, memory: '', mails, confirmations });

export function describeOutbox(opened: Opened): void {
  describe('the outbox', () => {
    test('E169 takes a mail with the position of its follower, once', async () => {
      const { outbox, organization, head, mail, store } = await start(opened.store);
      const one = mail();
      expect(await outbox.record([stepOf(head, 0, [one])], 5000)).toEqual([]);
      expect(await outbox.record([stepOf(head, 0, [mail()])], 5000)).toEqual([head.id]);
      expect(await positionOf(store, mailFollower, head.id)).toEqual({ seq: 1, memory: '' });
      const { session: _, ...kept } = one;
      const fresh = { organization, state: 'waiting', tries: 0, triedAt: null, nextAt: 5000, failure: null } as const;
      expect(await outbox.page(organization, null, 10)).toEqual([{ ...kept, ...fresh }]);
    });

    test('keeps nothing of a step whose mail can’t be written', async () => {
      const { outbox, head, mail, store } = await start(opened.store);
      const twice = mail();
      await expect(outbox.record([stepOf(head, 0, [twice, twice])], 5000)).rejects.toThrow();
      expect(await positionOf(store, mailFollower, head.id)).toEqual({ seq: 0, memory: '' });
      expect(await outbox.idsOf([head.id])).toEqual([]);
    });

    test('E169 gives a mail to one node at a time, and again when that one is not heard of', async () => {
      const { outbox, organization, mail, write } = await start(opened.store);
      const one = mail();
      await write([one], 5000);
      const due = async (now: number) =>
        (await outbox.due(now, 1000)).filter((found) => found.organization === organization);
      expect(await due(4999)).toEqual([]);
      const [found] = await due(5000);
      if (!found) throw new Error('Nothing is due.');
      expect(await outbox.claim(found, 9000)).toBe(true);
      expect(await outbox.claim(found, 9000)).toBe(false);
      expect(await due(8999)).toEqual([]);
      expect(await outbox.nextDueAfter(8999)).toBe(9000);
      expect(await due(9000)).toMatchObject([{ id: one.id }]);
    });

    test('keeps what became of it, and forgets its secret when it has left', async () => {
      const { outbox, organization, mail, write } = await start(opened.store);
      const one = mail({ secret: 'secret' });
      await write([one], 5000);
      await outbox.postpone(one.id, 6000, { code: 'unreachable', detail: 'no route' }, 7000);
      const failed = { tries: 1, triedAt: 6000, failure: { code: 'unreachable', detail: 'no route' } };
      expect(await outbox.find(organization, one.id)).toMatchObject({ ...failed, state: 'waiting', nextAt: 7000 });
      await outbox.postpone(one.id, 7000, { code: 'unreachable', detail: '' }, null);
      expect(await outbox.find(organization, one.id)).toMatchObject({
        state: 'failed',
        nextAt: null,
        secret: 'secret',
      });
      expect(await outbox.retry(organization, one.id, 8000)).toBe(true);
      expect(await outbox.find(organization, one.id)).toMatchObject({ state: 'waiting', nextAt: 8000 });
      expect(await outbox.settle(one.id, 9000)).toBe(true);
      const left = { state: 'sent', tries: 3, triedAt: 9000, nextAt: null, failure: null, secret: null };
      expect(await outbox.find(organization, one.id)).toMatchObject(left);
      expect(await outbox.retry(organization, one.id, 9000)).toBe(false);
      // What a node that was thought to be gone says afterwards.
      await outbox.postpone(one.id, 9500, { code: 'unreachable', detail: '' }, 9900);
      expect(await outbox.find(organization, one.id)).toMatchObject(left);
    });

    test('E164 sends no more to one address in a day than a person bears, whoever asks and however it is spelled', async () => {
      const here = await start(opened.store);
      const there = await start(opened.store);
      const recipient = `${newId()}@Visitor.example`;
      const now = 2 * dayMs;
      for (let count = 0; count < limits.mailsPerRecipientDay; count++) {
        const { write, mail } = count % 2 ? here : there;
        const one = mail({ createdAt: now, recipient: count % 3 ? recipient : recipient.toUpperCase() });
        await write([{ ...one, session: null }], now);
      }
      const more = here.mail({ createdAt: now, recipient, session: null });
      await here.write([more], now);
      expect(await here.outbox.find(here.organization, more.id)).toMatchObject({
        state: 'failed',
        failure: { code: 'recipient_limit' },
        nextAt: null,
      });
      expect(await here.outbox.retry(here.organization, more.id, now)).toBe(false);
      const later = here.mail({ createdAt: now + dayMs, recipient, session: null });
      await here.write([later], now + dayMs);
      expect(await here.stateOf(later.id)).toBe('waiting');
    });

    test('and no more for one visitor', async () => {
      const { outbox, head, mail, write, stateOf } = await start(opened.store);
      const now = 2 * dayMs;
      const many = Array.from({ length: limits.mailsPerSessionDay }, () => mail({ createdAt: now }));
      const more = mail({ createdAt: now });
      await write([...many, more], now);
      expect([await stateOf(many[0]?.id as MailId), await stateOf(more.id)]).toEqual(['waiting', 'failed']);
      expect(await outbox.countSince(head.session, now - 1)).toBe(limits.mailsPerSessionDay + 1);
      expect(await outbox.countSince(head.session, now)).toBe(0);
    });

    test('T156 shows an organization its own, the newest first', async () => {
      const { outbox, organization, mail, write } = await start(opened.store);
      const other = await start(opened.store);
      const mails = [1, 2, 2, 3].map((createdAt) => mail({ createdAt }));
      await write(mails, 5);
      const first = await outbox.page(organization, null, 2);
      const last = first.at(-1);
      const rest = await outbox.page(organization, last ? { at: last.createdAt, id: last.id } : null, 10);
      expect([...first, ...rest].map(({ createdAt }) => createdAt)).toEqual([3, 2, 2, 1]);
      expect(new Set([...first, ...rest].map(({ id }) => id)).size).toBe(4);
      const { id } = mails[0] as NewMail;
      expect(await outbox.find(other.organization, id)).toBeNull();
      expect(await outbox.retry(other.organization, id, 6)).toBe(false);
      expect(await outbox.page(other.organization, null, 10)).toEqual([]);
      expect(await outbox.find(organization, id)).not.toBeNull();
    });

    test('a confirmation is found by its secret until it runs out, and used once', async () => {
      const { outbox, organization, site, head, mail, write } = await start(opened.store);
      const asked: Confirmation = {
        tokenHash: newId(),
        organization,
        conversation: head.id,
        site: site.id,
        email: 'vera@visitor.example',
        language: 'nl',
        expiresAt: 9000,
      };
      await write([mail()], 1000, [asked]);
      expect(await outbox.confirmation(asked.tokenHash, 8999)).toEqual(asked);
      expect(await outbox.confirmation(asked.tokenHash, 9000)).toBeNull();
      expect(await outbox.useConfirmation(asked.tokenHash)).toBe(true);
      expect(await outbox.useConfirmation(asked.tokenHash)).toBe(false);
    });

    test('G224 forgets conversations, with what is to be confirmed in them and who waits', async () => {
      const { outbox, organization, site, head, mail, store } = await start(opened.store);
      const other = await start(opened.store);
      const tokenHash = newId();
      const asked = { tokenHash, organization, conversation: head.id, site: site.id, language: 'nl' as const };
      const confirmations = [{ ...asked, email: 'vera@visitor.example', expiresAt: 9000 }];
      const one = mail();
      const memory = '{"hasEnded":true,"waiting":[{"email":"vera@visitor.example","isConfirmed":false}]}';
      await outbox.record([{ ...stepOf(head, 0, [one], confirmations), memory }], 1000);
      await other.write([other.mail()], 1000);
      expect(await outbox.idsOf([head.id])).toEqual([one.id]);
      expect(await outbox.idsOf([newId() as ConversationId])).toEqual([]);
      await outbox.forget([head.id]);
      await outbox.forget([]);
      expect(await outbox.page(organization, null, 10)).toEqual([]);
      expect(await outbox.confirmation(tokenHash, 1)).toBeNull();
      expect(await positionOf(store, mailFollower, head.id)).toEqual({
        seq: 1,
        memory: '{"hasEnded":true,"waiting":[]}',
      });
      expect(await outbox.page(other.organization, null, 10)).toHaveLength(1);
      expect(await outbox.settle(one.id, 2000)).toBe(false);
    });

    test('sweeps up what was settled long ago, and nothing that waits', async () => {
      const { outbox, organization, mail, write } = await start(opened.store);
      const [sent, waiting, fresh] = [mail({ createdAt: -9 }), mail({ createdAt: -9 }), mail({ createdAt: 50 })];
      await write([sent, waiting, fresh], 100);
      await outbox.settle(sent.id, 200);
      await outbox.settle(fresh.id, 200);
      expect(await outbox.sweep(0)).toContain(sent.id);
      const left = (await outbox.page(organization, null, 10)).map(({ id }) => id);
      expect(new Set(left)).toEqual(new Set([waiting.id, fresh.id]));
    });
  });
}
