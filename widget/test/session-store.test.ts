import { afterEach, describe, expect, test, vi } from 'vitest';
import { createSessionStore, type Kept } from '../session-store.ts';
import { createFakeBrowser, type FakePage } from './fake-browser.ts';

const name = 'balie:gloed';
const kept: Kept = { session: 's', open: true, shown: true, identified: false };

afterEach(() => vi.unstubAllGlobals());

function openStore() {
  const life = new AbortController();
  const onForeign = vi.fn();
  return { life, onForeign, store: createSessionStore({ name, onForeign, signal: life.signal }) };
}

const storageEvent = (key: string | null) => Object.assign(new Event('storage'), { key });

describe('session store', () => {
  test('L014 keeps nothing in the browser before a chat begins', () => {
    const browser = createFakeBrowser();
    const page = browser.openPage();
    const { store } = openStore();
    store.changeTab({ draft: 'Hel' });
    store.change({ shown: true });
    expect([browser.kept, page.tab]).toEqual([{}, {}]);
  });

  test('10 what a page keeps is there for the next, and what a tab keeps for its next', () => {
    const browser = createFakeBrowser();
    const page = browser.openPage();
    const { store } = openStore();
    store.changeTab({ draft: 'Hel' });
    store.begin(kept);
    store.change({ shown: false });
    expect(openStore().store).toMatchObject({ kept: { ...kept, shown: false }, tab: { draft: 'Hel' } });
    const tab = { ...page.tab };
    browser.openPage();
    expect(openStore().store).toMatchObject({ kept: { ...kept, shown: false }, tab: {} });
    expect(tab[name]).toContain('Hel');
  });

  test('11 forgets all of it, and what comes later is not kept', () => {
    const browser = createFakeBrowser();
    const page = browser.openPage();
    const { store } = openStore();
    store.begin(kept);
    store.clear();
    store.change({ seen: 3 });
    store.changeTab({ draft: 'Hel' });
    expect([browser.kept, page.tab, store.kept]).toEqual([{}, {}, null]);
  });

  test('L015 where storage throws, memory does', () => {
    createFakeBrowser({ refusesStorage: true }).openPage();
    const { store } = openStore();
    store.begin(kept);
    store.change({ seen: 3 });
    expect(store.kept).toEqual({ ...kept, seen: 3 });
    store.clear();
    expect(store.kept).toBeNull();
  });

  test('takes what is no JSON for nothing', () => {
    const browser = createFakeBrowser();
    browser.openPage();
    browser.kept[name] = '{"session":';
    expect(openStore().store.kept).toBeNull();
  });

  describe('another tab', () => {
    const withOther = (): { page: FakePage; browser: ReturnType<typeof createFakeBrowser> } => {
      const browser = createFakeBrowser();
      return { browser, page: browser.openPage() };
    };

    test('10 its session is taken over when it tells of it', () => {
      const { browser, page } = withOther();
      const { store, onForeign } = openStore();
      browser.kept[name] = JSON.stringify(kept);
      page.tell(storageEvent('another key'));
      expect(onForeign).not.toHaveBeenCalled();
      page.tell(storageEvent(name));
      expect(store.kept).toEqual(kept);
      expect(onForeign).toHaveBeenCalledOnce();
    });

    test('11 its sign-out is heard, also when everything is cleared at once', () => {
      const { browser, page } = withOther();
      const { store } = openStore();
      store.begin(kept);
      delete browser.kept[name];
      page.tell(storageEvent(null));
      expect(store.kept).toBeNull();
    });

    test('J072 a page that comes back out of the cache hears what it slept through', () => {
      const { browser, page } = withOther();
      const { store } = openStore();
      store.begin(kept);
      delete browser.kept[name];
      page.tell(Object.assign(new Event('pageshow'), { persisted: false }));
      expect(store.kept).not.toBeNull();
      page.tell(Object.assign(new Event('pageshow'), { persisted: true }));
      expect(store.kept).toBeNull();
    });

    test('L016 nothing is heard any more after the end', () => {
      const { page } = withOther();
      const { life, onForeign } = openStore();
      life.abort();
      page.tell(storageEvent(name));
      expect(onForeign).not.toHaveBeenCalled();
    });
  });
});
