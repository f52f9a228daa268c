import { describe, expect, type TestContext, test } from 'vitest';
import type { OfferDraft } from '../../../protocol/commands.ts';
import type { ConversationId, OfferId } from '../../../protocol/ids.ts';
import { openDesk } from './open-desk.ts';
import { accepted, codeOf, newId, type Visitor } from './people.ts';

const content: OfferDraft = {
  title: 'When?',
  options: [
    { value: 'a', label: 'Morning' },
    { value: 'b', label: 'Evening' },
  ],
  least: 1,
  most: 1,
  optional: false,
};

/** Anna has a chat with Ada, in which she made an offer. */
async function offered(t: TestContext, change: Partial<OfferDraft> = {}) {
  const opened = await openDesk(t);
  const anna = await opened.agent('anna');
  const ada = await opened.visitor();
  const id = await ada.request();
  await anna.accept(id);
  const offer = newId() as string as OfferId;
  accepted(await anna.send(id, { type: 'offer', content: { ...content, ...change } }, offer as never));
  return { ...opened, anna, ada, id, offer };
}

const answer = (visitor: Visitor, offer: OfferId, values: string[], id = newId(), conversation?: ConversationId) =>
  visitor.send({ type: 'answer', offer, values }, id, conversation);

describe('an offer', () => {
  test('reaches the visitor with all that it says, and its answer the agent', async (t) => {
    const { ada, id, offer, log, toldTo } = await offered(t);
    expect((await log(id)).at(-1)).toMatchObject({ visitorSeq: 3, body: { type: 'offered', offer, content } });
    expect(await answer(ada, offer, ['b'])).toMatchObject({ ok: true, visitorSeq: 4 });
    expect((await log(id)).at(-1)).toMatchObject({ by: { kind: 'visitor' }, body: { offer, values: ['b'] } });
    expect(toldTo(`conversation:${id}`).at(-1)).toMatchObject({
      kind: 'events',
      events: [{ body: { values: ['b'] } }],
    });
  });

  test('can be answered after a reload, after others have written, and after a restart', async (t) => {
    const { anna, ada, id, offer, newDesk, kill, desk } = await offered(t);
    await anna.say(id, 'take your time');
    await kill(desk);
    ada.desk = await newDesk();
    await ada.come();
    expect(codeOf(await answer(ada, offer, ['a']))).toBe('ok');
  });

  test('is answered once, by whichever tab is first', async (t) => {
    const { ada, id, offer, desk, log } = await offered(t);
    const tabs = ['a', 'b'].map((value) =>
      desk.fromVisitor(ada.context(), newId(), { type: 'answer', offer, values: [value] }),
    );
    expect((await Promise.all(tabs)).map(codeOf)).toEqual(['ok', 'already_answered']);
    expect((await log(id)).filter(({ body }) => body.type === 'answered')).toHaveLength(1);
  });

  test('is answered or withdrawn, whichever is first', async (t) => {
    for (let round = 0; round < 5; round++) {
      const { anna, ada, id, offer, desk } = await offered(t);
      const outcomes = await Promise.all([
        desk.fromAgent(anna.agent, id, newId(), { type: 'withdraw', offer }),
        desk.fromVisitor(ada.context(), newId(), { type: 'answer', offer, values: ['a'] }),
      ]);
      expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    }
  });

  test('R189 answered again under the same id is the same answer, and another under it is refused', async (t) => {
    const { ada, id, offer, log } = await offered(t);
    const command = newId();
    const first = await answer(ada, offer, ['a'], command);
    expect(await answer(ada, offer, ['a'], command)).toEqual(first);
    expect(codeOf(await answer(ada, offer, ['b'], command))).toBe('conflicting_resend');
    await ada.end();
    expect(await answer(ada, offer, ['a'], command, id)).toEqual(first);
    expect((await log(id)).filter(({ body }) => body.type === 'answered')).toHaveLength(1);
  });

  test('R189 made again under the same id is the same offer', async (t) => {
    const { anna, id, offer, log } = await offered(t);
    const again = (change: Partial<OfferDraft> = {}) =>
      anna.send(id, { type: 'offer', content: { ...content, ...change } }, offer as never);
    expect(await again()).toMatchObject({ ok: true, seq: 4 });
    expect(codeOf(await again({ title: 'Where?' }))).toBe('conflicting_resend');
    expect(await log(id)).toHaveLength(4);
  });

  test('answered with what was not offered, or with too many or none, changes nothing and stays open', async (t) => {
    const { ada, id, offer, log } = await offered(t);
    const before = await log(id);
    for (const values of [['c'], ['Morning'], ['a', 'b'], ['a', 'c'], []])
      expect(codeOf(await answer(ada, offer, values))).toBe('not_offered');
    expect(await log(id)).toEqual(before);
    expect(codeOf(await answer(ada, offer, ['a']))).toBe('ok');
  });

  test('withdrawn cannot be answered, nor withdrawn again', async (t) => {
    const { anna, ada, id, offer } = await offered(t);
    expect(codeOf(await anna.send(id, { type: 'withdraw', offer }))).toBe('ok');
    expect(codeOf(await answer(ada, offer, ['a']))).toBe('offer_withdrawn');
    expect(codeOf(await anna.send(id, { type: 'withdraw', offer }))).toBe('offer_withdrawn');
  });

  test('of another visitor is as one that is not there', async (t) => {
    const { ada, id, offer, visitor, log } = await offered(t);
    const ben = await visitor();
    expect(codeOf(await answer(ben, offer, ['a']))).toBe('not_found');
    await ben.request();
    const toHis = await answer(ben, offer, ['a']);
    expect(toHis).toEqual(await answer(ben, 'nothing' as OfferId, ['a']));
    const toHers = await answer(ben, offer, ['a'], newId(), id);
    expect(toHers).toEqual(await answer(ben, offer, ['a'], newId(), 'nothing' as ConversationId));
    expect([codeOf(toHis), codeOf(toHers)]).toEqual(['not_found', 'not_found']);
    expect(await log(id)).toHaveLength(4);
    expect(codeOf(await answer(ada, offer, ['a']))).toBe('ok');
  });

  test('of a chat that has ended is answered in none', async (t) => {
    const { ada, offer } = await offered(t);
    await ada.end();
    expect(codeOf(await answer(ada, offer, ['a']))).toBe('already_ended');
    await ada.request();
    expect(codeOf(await answer(ada, offer, ['a']))).toBe('not_found');
  });

  test('waits for its answer while nobody has the conversation', async (t) => {
    const { anna, ada, offer, id, clock, head } = await offered(t);
    await anna.leave();
    await clock.advance(61_000);
    expect((await head(id)).phase).toBe('waiting');
    expect(codeOf(await answer(ada, offer, ['a']))).toBe('ok');
  });

  test('INV6 is made by nobody of another organization, nor by a colleague who is not in it', async (t) => {
    const { id, offer, agent } = await offered(t);
    const [bram, eve] = [await agent('bram'), await agent('eve', { ready: false })];
    for (const command of [
      { type: 'offer', content },
      { type: 'withdraw', offer },
    ] as const) {
      expect(codeOf(await bram.send(id, command))).toBe('not_allowed');
      expect(await eve.send(id, command)).toEqual(await eve.send('nothing' as ConversationId, command));
    }
  });
});
