import type { Store } from '../store/store.ts';
import type { Clock } from './clock.ts';
import type { Desk } from './desk.ts';
import type { Execute } from './execute.ts';
import { systemOrder } from './system-order.ts';

interface RevokeKeyOptions {
  readonly store: Pick<Store, 'conversations' | 'sites'>;
  readonly clock: Clock;
  readonly execute: Execute;
}

export const createRevokeKey =
  ({ store, clock, execute }: RevokeKeyOptions): Desk['revokeKey'] =>
  async (site, kid) => {
    // First the key, so that nothing is verified with it while the locks that it made are opened.
    if (!(await store.sites.revokeKey(site, kid, clock.now()))) return false;
    for (const { id } of await store.conversations.withKey(site, kid))
      await execute(id, systemOrder({ type: 'revoke', keyId: kid }));
    return true;
  };
