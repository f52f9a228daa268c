import { describe, expect, test } from 'vitest';
import type { AuditEntry } from '../../../protocol/audit.ts';
import type { OfferContent } from '../../../protocol/entities.ts';
import type { Colleagues, NewPreset, Preset, SavedOfferView } from '../../../protocol/http.ts';
import { openServer } from '../../test/open-server.ts';
import type { TestAgent } from '../../test/test-agent.ts';

const preset = (change: Partial<NewPreset> = {}): NewPreset => ({
  queue: null,
  folder: 'Delivery',
  title: 'When it leaves',
  text: 'Today, {{name}}.',
  ...change,
});
const content: OfferContent = {
  title: 'When?',
  options: [
    { value: 'a', label: 'Morning' },
    { value: 'b', label: 'Evening' },
  ],
  least: 1,
  most: 1,
  optional: false,
};

const listOf = async <Item>(agent: TestAgent, path: string, name: string): Promise<Item[]> =>
  ((await (await agent.fetch(path)).json()) as Record<string, Item[]>)[name] ?? [];
const errorOf = async (answer: Response) =>
  ((await answer.json()) as { error: { code: string; field?: string } }).error;

describe('presets', () => {
  test('are written, changed and deleted by an administrator, and read by every agent of the organization', async (t) => {
    const server = await openServer(t);
    const admin = await server.signIn('admin-a');
    const made = await admin.fetch('/api/presets', { method: 'POST', body: preset() });
    expect(made.status).toBe(201);
    const { id } = (await made.json()) as Preset;
    const anna = await server.signIn('anna-a');
    const read = () => listOf<Preset>(anna, '/api/presets', 'presets');
    expect(await read()).toContainEqual({ id, ...preset() });
    const changed = preset({ text: 'Tomorrow.', queue: 'queue-a' as NewPreset['queue'] });
    expect((await admin.fetch(`/api/presets/${id}`, { method: 'PUT', body: changed })).status).toBe(200);
    expect(await read()).toContainEqual({ id, ...changed });
    expect((await admin.fetch(`/api/presets/${id}`, { method: 'DELETE' })).status).toBe(204);
    expect((await read()).map((one) => one.id)).toEqual(['preset-a']);
    expect(
      (await listOf<Preset>(await server.signIn('anna-b'), '/api/presets', 'presets')).map((one) => one.id),
    ).toEqual(['preset-b']);
  });

  test('belong to a queue of the organization, and say what is wrong with them', async (t) => {
    const admin = await (await openServer(t)).signIn('admin-a');
    const tryIt = async (body: object) => errorOf(await admin.fetch('/api/presets', { method: 'POST', body }));
    const foreign = { ...preset(), queue: 'queue-b' };
    expect(await tryIt(foreign)).toMatchObject({ code: 'invalid_field', field: 'queue' });
    expect(await tryIt({ ...preset(), text: '' })).toMatchObject({ code: 'invalid_field', field: 'text' });
    expect(await tryIt({ ...preset(), text: 'x'.repeat(4001) })).toMatchObject({ field: 'text' });
    // Not every database keeps it, so none is asked to.
    for (const field of ['folder', 'title', 'text'])
      expect(await tryIt({ ...preset(), [field]: 'a\u0000b' })).toMatchObject({ code: 'invalid_field', field });
  });
});

describe('saved offers', () => {
  test('are kept by any agent for all of the organization, and deleted', async (t) => {
    const server = await openServer(t);
    const anna = await server.signIn('anna-a');
    const saved = await anna.fetch('/api/saved-offers', { method: 'POST', body: { name: 'Times', content } });
    const offer = (await saved.json()) as SavedOfferView;
    expect(offer).toMatchObject({ name: 'Times', content, savedBy: 'anna' });
    const bram = await server.signIn('bram-a');
    expect(await listOf(bram, '/api/saved-offers', 'offers')).toContainEqual(offer);
    expect((await bram.fetch(`/api/saved-offers/${offer.id}`, { method: 'DELETE' })).status).toBe(204);
    expect((await bram.fetch(`/api/saved-offers/${offer.id}`, { method: 'DELETE' })).status).toBe(404);
  });

  test('are changed by any agent of the organization and by nobody else, and the audit log says from what to what', async (t) => {
    const server = await openServer(t);
    const body = { name: 'Times', content };
    const anna = await server.signIn('anna-a');
    const saved = await anna.fetch('/api/saved-offers', { method: 'POST', body });
    const offer = (await saved.json()) as SavedOfferView;
    const change = { name: 'Places', content: { ...content, title: 'Where?', optional: true } };
    const put = async (agent: TestAgent, body: object, id: string = offer.id) =>
      agent.fetch(`/api/saved-offers/${id}`, { method: 'PUT', body });
    const foreigner = await put(await server.signIn('anna-b'), change);
    expect([foreigner.status, (await errorOf(foreigner)).code]).toEqual([404, 'not_found']);
    expect((await put(anna, { ...change, content: { ...content, most: 3 } })).status).toBe(400);
    expect(await listOf(anna, '/api/saved-offers', 'offers')).toContainEqual(offer);

    const changed = await put(await server.signIn('bram-a'), change);
    expect([changed.status, await changed.json()]).toEqual([200, { ...offer, ...change }]);
    expect(await listOf(anna, '/api/saved-offers', 'offers')).toContainEqual({ ...offer, ...change });
    const admin = await server.signIn('admin-a');
    const entries = await listOf<AuditEntry>(admin, '/api/audit?kind=offer', 'entries');
    expect(entries[0]).toMatchObject({
      actor: { id: 'bram-a' },
      action: 'offer.change',
      target: { id: offer.id, name: 'Places' },
      before: { name: 'Times', title: 'When?', optional: false },
      after: { name: 'Places', title: 'Where?', optional: true },
    });
    expect((await put(anna, change, 'no-such-offer-0000000')).status).toBe(404);
  });

  test('are refused where nobody could answer them, as they would be in a chat', async (t) => {
    const anna = await (await openServer(t)).signIn('anna-a');
    const tryIt = async (change: Partial<OfferContent>) => {
      const body = { name: 'Times', content: { ...content, ...change } };
      return errorOf(await anna.fetch('/api/saved-offers', { method: 'POST', body }));
    };
    expect(await tryIt({ most: 3 })).toMatchObject({ code: 'invalid_field', field: 'content.most' });
    expect(await tryIt({ title: ' ' })).toMatchObject({ code: 'invalid_field', field: 'content.title' });
    const [first] = content.options;
    expect(await tryIt({ options: [first, first] as OfferContent['options'] })).toMatchObject({
      field: 'content.options[1].value',
    });
  });
});

describe('colleagues', () => {
  test('are those of the organization without oneself, with their state now; queues say who could come', async (t) => {
    const server = await openServer(t);
    const anna = await server.signIn('anna-a');
    const read = async () => (await (await anna.fetch('/api/colleagues')).json()) as Colleagues;
    expect((await read()).agents.map(({ id, state }) => [id, state])).toEqual([
      ['admin-a', 'off'],
      ['bram-a', 'off'],
    ]);
    const bram = await server.agent('bram-a');
    const visitor = await server.visitor();
    await visitor.request();
    await bram.accept();
    const { agents, queues } = await read();
    expect(agents.find(({ id }) => id === 'bram-a')).toMatchObject({ state: 'ready', load: 1, room: 4 });
    expect(queues).toEqual([{ queue: { id: 'queue-a', name: 'Queue a' }, ready: 1 }]);
  });
});
