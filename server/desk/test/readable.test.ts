import { describe, expect, test } from 'vitest';
import type { SiteId } from '../../../protocol/ids.ts';
import { shop } from './furnish.ts';
import { openDesk } from './open-desk.ts';
import { verifiedAs } from './people.ts';

describe('who may read a conversation', () => {
  test('the agent to whom it is presented, with whom it is, and who had it when it ended', async (t) => {
    const { agent, visitor, desk } = await openDesk(t);
    const anna = await agent('anna');
    const ada = await visitor();
    const id = await ada.request();
    expect(await desk.readable(anna.agent, id)).toMatchObject({ id, phase: 'presented' });
    await anna.accept(id);
    expect(await desk.readable(anna.agent, id)).toMatchObject({ id, phase: 'active' });
    await ada.end();
    expect(await desk.readable(anna.agent, id)).toMatchObject({ id, phase: 'ended' });
  });

  test('C144 nobody else: not a colleague, not who declined it, not another organization', async (t) => {
    const { agent, visitor, desk } = await openDesk(t);
    const anna = await agent('anna');
    const id = await (await visitor()).request();
    const [bram, eve] = [await agent('bram', { ready: false }), await agent('eve', { ready: false })];
    expect(await desk.readable(bram.agent, id)).toBeNull();
    expect(await desk.readable(eve.agent, id)).toBeNull();
    await anna.decline(id);
    expect(await desk.readable(anna.agent, id)).toBeNull();
    expect(await desk.earlier(anna.agent, id)).toBeNull();
  });

  test('earlier chats of the same verified visitor, while one of theirs is open', async (t) => {
    const { agent, visitor, desk, clock } = await openDesk(t);
    const [first, again, stranger] = [await visitor(), await visitor(), await visitor()];
    first.identity = verifiedAs('ada');
    again.identity = verifiedAs('ada');
    const earlier = await first.request();
    await first.end();
    const unrelated = await stranger.request();
    await stranger.end();
    await clock.advance(1000);

    const anna = await agent('anna');
    expect(await desk.readable(anna.agent, earlier)).toBeNull();
    const now = await again.request();
    expect(await desk.earlier(anna.agent, now)).toMatchObject([{ id: earlier }]);
    expect(await desk.readable(anna.agent, earlier)).toMatchObject({ id: earlier });
    expect(await desk.readable(anna.agent, unrelated)).toBeNull();
    expect(await desk.readable((await agent('bram')).agent, earlier)).toBeNull();
  });

  test('C144 another open chat of the same visitor is read by whoever has that one', async (t) => {
    const { agent, visitor, desk } = await openDesk(t, { room: 1 });
    const [anna, bram] = [await agent('anna'), await agent('bram')];
    const ids = [];
    for (const browser of [await visitor(), await visitor()]) {
      browser.identity = verifiedAs('ada');
      ids.push(await browser.request());
    }
    for (const { agent: one } of [anna, bram])
      expect((await Promise.all(ids.map((id) => desk.readable(one, id)))).filter(Boolean)).toHaveLength(1);
  });

  test('of another site is another person, though the subject is the same', async (t) => {
    const { agent, visitor, desk, store } = await openDesk(t);
    const other = { ...shop, id: 'other-shop' as SiteId, keys: [] };
    await store.sites.create(other);
    const [there, here] = [await visitor(), await visitor()];
    there.session = { ...there.session, site: other.id };
    there.identity = verifiedAs('ada');
    here.identity = verifiedAs('ada');
    const elsewhere = await there.request();
    await there.end();
    const anna = await agent('anna');
    const now = await here.request();
    expect(await desk.earlier(anna.agent, now)).toEqual([]);
    expect(await desk.readable(anna.agent, elsewhere)).toBeNull();
  });

  test('G228 a visitor who is not verified has no earlier chats, whatever they claim', async (t) => {
    const { agent, visitor, desk } = await openDesk(t);
    const [first, again] = [await visitor(), await visitor()];
    const earlier = await first.request({ email: 'ada@example.org' });
    await first.end();
    const anna = await agent('anna');
    const now = await again.request({ email: 'ada@example.org' });
    expect(await desk.earlier(anna.agent, now)).toEqual([]);
    expect(await desk.readable(anna.agent, earlier)).toBeNull();
  });
});
