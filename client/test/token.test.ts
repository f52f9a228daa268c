import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createTokenKeeper } from '../token.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const openKeeper = () => {
  const onDue = vi.fn();
  return { onDue, keeper: createTokenKeeper({ thumbprint: async () => 'thumb', onDue, random: () => 0 }) };
};

describe('token keeper', () => {
  test('IDN1 tells a page that said nothing from one that said that nobody is signed in', async () => {
    const { keeper } = openKeeper();
    expect(await keeper.get()).toBeUndefined();
    keeper.use(() => null);
    expect(await keeper.get()).toBeNull();
  });

  test('asks the callback with the thumbprint of the browser key', async () => {
    const { keeper } = openKeeper();
    keeper.use(async ({ thumbprint }) => `token for ${thumbprint}`);
    expect(await keeper.get()).toBe('token for thumb');
  });

  test('goes on as if the page said nothing when the callback fails', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const { keeper } = openKeeper();
    keeper.use(() => Promise.reject(new Error('offline')));
    expect(await keeper.get()).toBeUndefined();
    expect(warn).toHaveBeenCalledOnce();
    warn.mockRestore();
  });

  test('IDN4 asks again before the token runs out', () => {
    const { keeper, onDue } = openKeeper();
    keeper.use(() => 'token');
    keeper.renewIn(300_000);
    vi.advanceTimersByTime(269_999);
    expect(onDue).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(onDue).toHaveBeenCalledOnce();
  });

  test('has nobody to ask where the page gave a token once', () => {
    const { keeper, onDue } = openKeeper();
    keeper.use('token');
    keeper.renewIn(1000);
    vi.runAllTimers();
    expect(onDue).not.toHaveBeenCalled();
  });
});
