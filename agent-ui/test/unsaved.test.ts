import { describe, expect, test, vi } from 'vitest';
import { followAddress } from '../state/address.ts';
import type { DeskState } from '../state/desk-state.ts';
import type { Place } from '../state/places.ts';
import { createStore } from '../state/store.ts';
import { isLeaving, Unsaved } from '../state/unsaved.ts';

describe('what was entered and not saved', () => {
  test('keeps nobody where there is nothing of it, or nothing any more', () => {
    const unsaved = new Unsaved();
    const [form, go] = [{}, vi.fn()];
    unsaved.leave(go);
    unsaved.hold(form);
    unsaved.hold(form);
    unsaved.release(form);
    unsaved.leave(go);
    expect(go).toHaveBeenCalledTimes(2);
    expect(unsaved.asked.get()).toBeNull();
  });

  test('is asked about before it is lost, and leaving happens once, or not at all', () => {
    const unsaved = new Unsaved();
    const go = vi.fn();
    unsaved.hold({});
    unsaved.leave(go);
    expect([go.mock.calls.length, unsaved.asked.get()]).toEqual([0, go]);
    unsaved.answer(false);
    expect([go.mock.calls.length, unsaved.asked.get(), unsaved.isAny]).toEqual([0, null, true]);
    unsaved.leave(go);
    unsaved.answer(true);
    unsaved.answer(true);
    expect([go.mock.calls.length, unsaved.asked.get()]).toEqual([1, null]);
  });

  test('of one form does not stand in the way out of another', () => {
    const unsaved = new Unsaved();
    const [form, other, go] = [{}, {}, vi.fn()];
    unsaved.hold(other);
    unsaved.leave(go, form);
    expect(go).toHaveBeenCalledOnce();
    unsaved.leave(go, other);
    expect(go).toHaveBeenCalledOnce();
    expect(unsaved.asked.get()).toBe(go);
  });

  test('is lost by going elsewhere and by signing out, and not by what happens beside it', () => {
    expect(isLeaving({ type: 'go', place: 'chats' })).toBe(true);
    expect(isLeaving({ type: 'sign-out' })).toBe(true);
    expect(isLeaving({ type: 'set-status', state: 'paused' })).toBe(false);
  });
});

describe('the address of a page with unsaved input', () => {
  function openAt(place: Place) {
    const store = createStore({ session: { kind: 'signed-out' }, place } as unknown as DeskState);
    const page = { location: { hash: `#/${place}` }, addEventListener: vi.fn() };
    const act = vi.fn(({ place }) => store.set({ ...store.get(), place }));
    const unsaved = new Unsaved();
    followAddress({ store, act } as never, page as never, unsaved);
    store.set({ ...store.get(), session: { kind: 'signed-in' } } as DeskState);
    const turnTo = (hash: string) => {
      page.location.hash = hash;
      page.addEventListener.mock.calls[0]?.[1]();
    };
    return { store, page, unsaved, turnTo };
  }

  test('stays what it was until the question is answered', () => {
    const { store, page, unsaved, turnTo } = openAt('sites');
    unsaved.hold({});
    turnTo('#/people');
    expect([store.get().place, page.location.hash]).toEqual(['sites', '#/sites']);
    unsaved.answer(false);
    expect([store.get().place, page.location.hash]).toEqual(['sites', '#/sites']);
    turnTo('#/people');
    unsaved.answer(true);
    expect([store.get().place, page.location.hash]).toEqual(['people', '#/people']);
  });

  test('is followed at once where there is none', () => {
    const { store, page, turnTo } = openAt('sites');
    turnTo('#/people');
    expect([store.get().place, page.location.hash]).toEqual(['people', '#/people']);
  });
});
