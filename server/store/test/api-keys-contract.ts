import { describe, expect, test } from 'vitest';
import type { ApiKeyId } from '../../../protocol/ids.ts';
import type { ApiKey } from '../../domain/api-key.ts';
import type { ConversationHead } from '../store.ts';
import { type Furnished, furnish, newId, open } from './furnish.ts';
import type { Opened } from './store-contract.ts';

const newKey = ({ organization, agent }: Furnished, change: Partial<ApiKey> = {}): ApiKey => ({
  id: newId<'API key'>() as ApiKeyId,
  organization,
  name: 'Warehouse',
  scopes: ['conversations:read', 'statistics:read'],
  createdBy: agent.id,
  createdAt: 1,
  expiresAt: null,
  lastUsedAt: null,
  revokedAt: null,
  ...change,
});

export function describeApiKeys(opened: Opened): void {
  describe('keys of the API', () => {
    test('are found by their hash, listed in their organization, and revoked once', async () => {
      const { store } = opened;
      const furnished = await furnish(store);
      const key = newKey(furnished, { expiresAt: 500 });
      const hash = newId();
      await store.apiKeys.create(key, hash);
      await store.apiKeys.create(newKey(furnished, { createdAt: 2 }), newId());
      expect(await store.apiKeys.findByHash(hash)).toEqual(key);
      expect(await store.apiKeys.findByHash(newId())).toBeNull();
      expect((await store.apiKeys.listOf(furnished.organization)).map(({ createdAt }) => createdAt)).toEqual([2, 1]);
      await store.apiKeys.used(key.id, 7);
      const { organization: other } = await furnish(store);
      expect(await store.apiKeys.listOf(other)).toEqual([]);
      expect(await store.apiKeys.revoke(other, key.id, 9)).toBe(false);
      expect(await store.apiKeys.findByHash(hash)).toEqual({ ...key, lastUsedAt: 7 });
      expect(await store.apiKeys.revoke(key.organization, key.id, 9)).toBe(true);
      expect(await store.apiKeys.revoke(key.organization, key.id, 10)).toBe(false);
      expect(await store.apiKeys.findByHash(hash)).toEqual({ ...key, lastUsedAt: 7, revokedAt: 9 });
    });
  });

  describe('conversations by what is asked for', () => {
    test('come the newest first, page by page, of one organization alone', async () => {
      const { store } = opened;
      const furnished = await furnish(store);
      const other = await furnish(store);
      await open(store, other);
      const heads: ConversationHead[] = [];
      for (let at = 0; at < 6; at++) {
        const isEnded = at % 2 === 0;
        heads.push(
          await open(store, furnished, {
            requestedAt: 1000 + Math.floor(at / 2),
            phase: isEnded ? 'ended' : 'waiting',
            endedAt: isEnded ? 2000 : null,
          }),
        );
      }
      const newest = [...heads].sort((a, b) => b.requestedAt - a.requestedAt || (a.id < b.id ? 1 : -1));
      const list = async (filter: object, limit = 100) =>
        (await store.conversations.list(furnished.organization, filter, limit)).map(({ id }) => id);
      const idsOf = (is: (head: ConversationHead) => boolean) => newest.filter(is).map(({ id }) => id);
      expect(await list({})).toEqual(idsOf(() => true));
      expect(await list({ isEnded: true })).toEqual(idsOf(({ phase }) => phase === 'ended'));
      expect(await list({ isEnded: false })).toEqual(idsOf(({ phase }) => phase !== 'ended'));
      expect(await list({ since: 1001 })).toEqual(idsOf(({ requestedAt }) => requestedAt >= 1001));
      expect(await list({ until: 1001 })).toEqual(idsOf(({ requestedAt }) => requestedAt < 1001));
      expect(await list({ queue: furnished.queue })).toHaveLength(6);
      expect(await list({ queue: other.queue })).toEqual([]);
      const paged: unknown[] = [];
      for (let before: ConversationHead | undefined, more = true; more; ) {
        const page = await store.conversations.list(furnished.organization, { before }, 4);
        paged.push(...page.map(({ id }) => id));
        before = page.at(-1);
        more = page.length === 4;
      }
      expect(paged).toEqual(idsOf(() => true));
    });
  });
}
