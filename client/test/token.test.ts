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

  describe('the backend of the page', () => {
    /** Asked whenever it is due, as the widget does, and told each time that the token runs out at this moment. */
    const asksIn = async (ms: number, expiresAt: number, source: () => string) => {
      vi.spyOn(console, 'warn').mockImplementation(() => {});
      const asked: number[] = [];
      const begin = Date.now();
      const ask = async () => {
        asked.push(Date.now() - begin);
        await keeper.get();
        keeper.renewIn(begin + expiresAt - Date.now());
      };
      const keeper = createTokenKeeper({ thumbprint: async () => 'thumb', onDue: ask, random: () => 0.5 });
      keeper.use(source);
      await ask();
      await vi.advanceTimersByTimeAsync(ms);
      keeper.stop();
      vi.restoreAllMocks();
      return asked;
    };

    test('is not stormed when the token runs out and it brings nothing newer', async () => {
      const asked = await asksIn(300_000, 12_000, () => 'the same');
      expect(asked).toEqual([0, 7500, 52_500, 97_500, 142_500, 187_500, 232_500, 277_500]);
    });

    test('nor when it fails', async () => {
      let tries = 0;
      const asked = await asksIn(100_000, 12_000, () => {
        if (tries++ > 0) throw new Error('down');
        return 'the first';
      });
      expect(asked).toEqual([0, 7500, 52_500, 97_500]);
    });

    test('nor when each of its tokens has run out', async () => {
      let tries = 0;
      const asked = await asksIn(4000, 0, () => `token ${tries++}`);
      expect(asked).toEqual([0, 1000, 2000, 3000, 4000]);
    });

    test('is asked long before the end where it gave the same token again in good time', async () => {
      const asked = await asksIn(3_600_000, 3_600_000, () => 'the same');
      expect(asked[1]).toBe(3_555_000);
    });
  });

  test('has nobody to ask where the page gave a token once', () => {
    const { keeper, onDue } = openKeeper();
    keeper.use('token');
    keeper.renewIn(1000);
    vi.runAllTimers();
    expect(onDue).not.toHaveBeenCalled();
  });
});
