import { describe, expect, test } from 'vitest';
import type { TwoFactor } from '../store.ts';
import { furnish, newAgent } from './furnish.ts';
import type { Opened } from './store-contract.ts';

const twoFactor: TwoFactor = { secret: 'JBSWY3DPEHPK3PXP', step: 7, recovery: ['h1', 'h2'] };

export function describeSecondFactor(opened: Opened): void {
  const start = async () => {
    const { store } = opened;
    const { organization, profile } = await furnish(store);
    const agent = { ...newAgent(organization, [profile]), twoFactor };
    await store.agents.create(agent);
    return { store, agent };
  };

  describe('C140 of many who bring the same code at once, one passes', () => {
    test.each<[string, TwoFactor]>([
      ['of the app', { ...twoFactor, step: 8 }],
      ['for who lost their phone', { ...twoFactor, recovery: ['h2'] }],
    ])('%s', async (_, rest) => {
      const { store, agent } = await start();
      const tries = await Promise.all(Array.from({ length: 20 }, () => store.agents.useSecondFactor(agent, rest)));
      expect(tries.filter((passed) => passed)).toHaveLength(1);
      expect((await store.agents.find(agent.id))?.twoFactor).toEqual(rest);
    });

    test('and none by what was read before it was turned off, or for somebody of another organization', async () => {
      const { store, agent } = await start();
      const other = await furnish(store);
      const rest = { ...twoFactor, step: 8 };
      const { organization } = other;
      expect(await store.agents.useSecondFactor({ ...agent, organization }, rest)).toBe(false);
      await store.agents.update(agent.organization, agent.id, { twoFactor: null });
      expect(await store.agents.useSecondFactor(agent, rest)).toBe(false);
      expect(await store.agents.useSecondFactor({ ...agent, twoFactor: null }, rest)).toBe(false);
      expect((await store.agents.find(agent.id))?.twoFactor).toBeNull();
    });
  });
}
