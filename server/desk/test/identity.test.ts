import { describe, expect, test } from 'vitest';
import type { ClaimedVariable } from '../../../protocol/entities.ts';
import { shop } from './furnish.ts';
import { openDesk } from './open-desk.ts';
import { codeOf, verifiedAs } from './people.ts';

const claim = (name: string, value: string): ClaimedVariable => ({ name, value, verified: false, source: 'page' });

describe('what is known of a visitor', () => {
  test('V078 what is typed and what the page says are claims; what the token says stands apart from them', async (t) => {
    const { visitor, log } = await openDesk(t);
    const ada = await visitor();
    ada.claims = [claim('plan', 'gold')];
    ada.identity = verifiedAs('ada');
    const id = await ada.request({ email: 'ada@example.org' });
    expect((await log(id)).slice(1).map(({ body, visitorSeq }) => [body, visitorSeq])).toEqual([
      [
        {
          type: 'claimed',
          variables: [
            { name: 'email', value: 'ada@example.org', verified: false, source: 'form' },
            { name: 'plan', value: 'gold', verified: false, source: 'page' },
          ],
        },
        null,
      ],
      [
        expect.objectContaining({ type: 'verified', variables: [{ name: 'name', value: 'ada', verified: true }] }),
        null,
      ],
    ]);
  });

  test('V081 a claim of a name that the token vouches for is not made', async (t) => {
    const { visitor, log } = await openDesk(t);
    const ada = await visitor();
    ada.claims = [claim('Name', 'Eve')];
    ada.identity = verifiedAs('ada');
    const id = await ada.request({ name: 'Eve' });
    expect(JSON.stringify(await log(id))).not.toContain('Eve');
  });

  test('a page that says the same on every load adds nothing to the log', async (t) => {
    const { visitor, desk, log } = await openDesk(t);
    const ada = await visitor();
    const id = await ada.request();
    for (let load = 0; load < 3; load++) {
      await desk.identify(ada.session, verifiedAs('ada'));
      await desk.claim(ada.session, [claim('plan', 'gold')]);
      await desk.visit(ada.session, { url: 'https://shop.example/cart', title: 'Cart' });
    }
    expect((await log(id)).map(({ body }) => body.type)).toEqual(['requested', 'verified', 'claimed', 'visited']);
  });

  test('before a chat, and after it, it is of no account', async (t) => {
    const { visitor, desk, log, complaints } = await openDesk(t);
    const ada = await visitor();
    const tellAll = async () => {
      await desk.identify(ada.session, verifiedAs('ada'));
      await desk.claim(ada.session, [claim('plan', 'gold')]);
      await desk.visit(ada.session, { url: 'https://shop.example/cart', title: 'Cart' });
    };
    await tellAll();
    const id = await ada.request();
    await ada.end();
    await tellAll();
    expect((await log(id)).map(({ body }) => body.type)).toEqual(['requested', 'ended']);
    expect(complaints).toEqual([]);
  });

  test('J073 an anonymous session is linked to the first person who is proved, and to nobody after', async (t) => {
    const { visitor, desk, store, head } = await openDesk(t);
    const ada = await visitor();
    const id = await ada.request();
    await desk.identify(ada.session, verifiedAs('ada'));
    const subject = async () =>
      (await store.sessions.findByTokenHash(ada.session.site, ada.session.tokenHash))?.subject;
    expect(await subject()).toBe('ada');
    expect(await head(id)).toMatchObject({ subject: 'ada', keyId: 'k1' });
    await desk.identify(ada.session, verifiedAs('ben'));
    expect(await subject()).toBe('ada');
    expect(await head(id)).toMatchObject({ subject: 'ada' });
  });

  test('a session of one person takes no request for another', async (t) => {
    const { visitor, store } = await openDesk(t);
    const ada = await visitor();
    await ada.request();
    await ada.end();
    await ada.desk.identify(ada.session, verifiedAs('ada'));
    // Another tab of the same browser, which said hello before that, and one which said it after.
    ada.identity = verifiedAs('ben');
    expect(codeOf(await ada.tryRequest())).toBe('not_allowed');
    ada.session = { ...ada.session, subject: 'ada' };
    expect(codeOf(await ada.tryRequest())).toBe('not_allowed');
    expect(await store.conversations.waiting(10)).toEqual([]);
  });

  test('a session that begins with a proved person belongs to them', async (t) => {
    const { visitor, store } = await openDesk(t);
    const ada = await visitor();
    ada.identity = verifiedAs('ada');
    await ada.request();
    expect(await store.sessions.findByTokenHash(ada.session.site, ada.session.tokenHash)).toMatchObject({
      subject: 'ada',
    });
  });
});

describe('signing out', () => {
  test('J072 ends the chat, revokes the session, and closes its sockets', async (t) => {
    const { visitor, agent, desk, store, log, toldTo, clock } = await openDesk(t);
    const anna = await agent('anna');
    const ada = await visitor();
    const id = await ada.request();
    await anna.accept(id);
    await desk.signOutVisitor(ada.session);
    expect((await log(id)).at(-1)?.body).toEqual({ type: 'ended', reason: 'signed_out' });
    const session = await store.sessions.findByTokenHash(ada.session.site, ada.session.tokenHash);
    expect(session?.revokedAt ?? clock.now()).toBe(clock.now());
    expect(toldTo(`session:${ada.session.id}`).at(-1)).toEqual({ kind: 'signed_out' });
    expect(codeOf(await ada.say('me again'))).toBe('already_ended');
  });

  test('without a chat it still ends the session', async (t) => {
    const { visitor, desk, toldTo } = await openDesk(t);
    const ada = await visitor();
    await desk.signOutVisitor(ada.session);
    expect(toldTo(`session:${ada.session.id}`)).toEqual([{ kind: 'signed_out' }]);
  });
});

describe('a key that is revoked', () => {
  test('J069 opens the locks that it made in open conversations, and no others', async (t) => {
    const { visitor, desk, log, clock, store } = await openDesk(t);
    const withKey = async (keyId: string | null) => {
      const one = await visitor();
      one.identity = keyId ? verifiedAs(`owner of ${keyId}`, { keyId }) : null;
      return { one, id: await one.request() };
    };
    const open = await withKey('k1');
    const closed = await withKey('k1');
    await closed.one.end();
    const others = [await withKey('k2'), await withKey(null)];
    await clock.advance(1000);
    expect(await desk.revokeKey(shop.id, 'k1')).toBe(true);
    expect((await log(open.id)).at(-1)).toMatchObject({
      by: { kind: 'system' },
      at: clock.now(),
      visitorSeq: null,
      body: { type: 'unverified', check: 'key_revoked' },
    });
    for (const { id } of [...others, closed])
      expect((await log(id)).some(({ body }) => body.type === 'unverified')).toBe(false);
    expect((await store.sites.find(shop.id))?.keys[0]?.revokedAt).toBe(clock.now());
  });

  test('J069 is no key any more: revoking it again, or one that never was, says so', async (t) => {
    const { desk } = await openDesk(t);
    expect(await desk.revokeKey(shop.id, 'k1')).toBe(true);
    expect(await desk.revokeKey(shop.id, 'k1')).toBe(false);
    expect(await desk.revokeKey(shop.id, 'nothing')).toBe(false);
  });
});
