import { describe, expect, test } from 'vitest';
import type { OrganizationId, PresetId, QueueId, SavedOfferId } from '../../../protocol/ids.ts';
import type { PresetRecord, SavedOffer } from '../wording-store.ts';
import { furnish, newId } from './furnish.ts';
import type { Opened } from './store-contract.ts';

export function describeWording(opened: Opened): void {
  const start = async () => {
    const { store } = opened;
    const [furnished, other] = [await furnish(store), await furnish(store)];
    const preset = (change: Partial<PresetRecord> = {}): PresetRecord => ({
      id: newId<'preset'>() as PresetId,
      organization: furnished.organization,
      queue: null,
      folder: '',
      title: 'Hello',
      text: 'Hello {{name}} 😀',
      place: 0,
      ...change,
    });
    const offer = (change: Partial<SavedOffer> = {}): SavedOffer => ({
      id: newId<'saved offer'>() as SavedOfferId,
      organization: furnished.organization,
      name: 'When?',
      content: {
        title: 'When?',
        options: [
          { value: 'a', label: 'Ä', description: 'early' },
          { value: 'b', label: 'B' },
        ],
        least: 1,
        most: 2,
        optional: true,
      },
      savedBy: furnished.agent.id,
      savedAt: 5,
      ...change,
    });
    return { store, furnished, other, preset, offer };
  };
  const nobody = () => newId<'organization'>() as OrganizationId;

  describe('presets', () => {
    test('are listed by folder and place, of their own organization alone', async () => {
      const { store, furnished, other, preset } = await start();
      const all = [
        preset({ folder: 'B', place: 1 }),
        preset({ folder: 'B', place: 0, queue: furnished.queue }),
        preset({ folder: 'A', place: 7 }),
        preset({ place: 9 }),
      ] as const;
      for (const one of all) await store.presets.create(one);
      const foreign = preset({ organization: other.organization });
      await store.presets.create(foreign);
      expect(await store.presets.listOf(furnished.organization)).toEqual([all[3], all[2], all[1], all[0]]);
      expect(await store.presets.listOf(other.organization)).toEqual([foreign]);
      expect(await store.presets.listOf(nobody())).toEqual([]);
    });

    test('are changed and deleted by their own organization alone', async () => {
      const { store, furnished, other, preset } = await start();
      const kept = preset();
      await store.presets.create(kept);
      const changed = { ...kept, folder: 'A', title: 'Bye', text: 'Bye', place: 3, queue: furnished.queue };
      expect(await store.presets.update({ ...changed, organization: other.organization, queue: null })).toBe(false);
      expect(await store.presets.update(preset())).toBe(false);
      expect(await store.presets.delete(other.organization, kept.id)).toBe(false);
      expect(await store.presets.listOf(furnished.organization)).toEqual([kept]);
      expect(await store.presets.update(changed)).toBe(true);
      expect(await store.presets.listOf(furnished.organization)).toEqual([changed]);
      expect(await store.presets.delete(furnished.organization, kept.id)).toBe(true);
      expect(await store.presets.delete(furnished.organization, kept.id)).toBe(false);
      expect(await store.presets.listOf(furnished.organization)).toEqual([]);
    });

    test('are for a queue of their own organization', async () => {
      const { store, other, preset } = await start();
      await expect(store.presets.create(preset({ queue: other.queue }))).rejects.toThrow();
      await expect(store.presets.create(preset({ queue: newId<'queue'>() as QueueId }))).rejects.toThrow();
      const kept = preset();
      await store.presets.create(kept);
      await expect(store.presets.update({ ...kept, queue: other.queue })).rejects.toThrow();
    });
  });

  describe('saved offers', () => {
    test('are listed by name, as they were saved, of their own organization alone', async () => {
      const { store, furnished, other, offer } = await start();
      const [second, first] = [offer({ name: 'B' }), offer({ name: 'A' })];
      for (const one of [second, first]) await store.savedOffers.create(one);
      expect(await store.savedOffers.listOf(furnished.organization)).toEqual([first, second]);
      expect(await store.savedOffers.listOf(other.organization)).toEqual([]);
    });

    test('are changed by their own organization alone, and stay whose they were', async () => {
      const { store, furnished, other, offer } = await start();
      const [kept, beside] = [offer({ name: 'A' }), offer({ name: 'B' })];
      for (const one of [kept, beside]) await store.savedOffers.create(one);
      const change = { id: kept.id, name: 'C', content: { ...kept.content, title: 'Where?', most: 1 } };
      expect(await store.savedOffers.update({ ...change, organization: other.organization })).toBe(false);
      expect(await store.savedOffers.update({ ...offer(), name: 'D' })).toBe(false);
      expect(await store.savedOffers.listOf(furnished.organization)).toEqual([kept, beside]);
      expect(await store.savedOffers.update({ ...change, organization: furnished.organization })).toBe(true);
      expect(await store.savedOffers.listOf(furnished.organization)).toEqual([beside, { ...kept, ...change }]);
    });

    test('are deleted once, by their own organization', async () => {
      const { store, furnished, other, offer } = await start();
      const kept = offer();
      await store.savedOffers.create(kept);
      expect(await store.savedOffers.delete(other.organization, kept.id)).toBe(false);
      expect(await store.savedOffers.delete(furnished.organization, kept.id)).toBe(true);
      expect(await store.savedOffers.delete(furnished.organization, kept.id)).toBe(false);
    });

    test('are saved by somebody of their own organization', async () => {
      const { store, other, offer } = await start();
      await expect(store.savedOffers.create(offer({ savedBy: other.agent.id }))).rejects.toThrow();
    });
  });
}
