import { describe, expect, test } from 'vitest';
import type { FileId, SiteId } from '../../../protocol/ids.ts';
import { createTestDatabase } from '../../store/test/postgres-server.ts';
import { origin } from '../../test/furnish.ts';
import { formOf, filesOf as uploadedOf } from '../../test/open-files.ts';
import { openServer } from '../../test/open-server.ts';
import { signTicket } from '../../test/sign-ticket.ts';
import { filesOf, foundIn, tablesOf } from './everything-kept.ts';

const card = '4111111111111111';
const parted = '4111 1111-1111 1111';

describe.each(['SQLite', 'PostgreSQL'])('what a site masks, on %s', (store) => {
  test('7: stands in no file of the data folder and in no table, nor does anybody receive it', async (t) => {
    const database = store === 'PostgreSQL' ? await createTestDatabase() : null;
    if (database) t.onTestFinished(() => database.drop());
    const server = await openServer(t, database ? { databaseUrl: database.url } : {});
    const admin = await server.signIn('admin-a');
    const settings = { masking: { patterns: ['card'], templates: [] } };
    expect((await admin.fetch('/api/sites/site-a', { method: 'PATCH', body: { settings } })).status).toBe(200);

    const anna = await server.agent();
    const visitor = server.connect();
    await visitor.hello({ vars: { paid_with: card } });
    const page = { url: `https://shop.example/pay?card=${card}`, title: parted };
    await visitor.request({ page, name: `Ada ${parted}` });
    const conversation = await anna.accept();
    await visitor.say(`it is ${parted}`);
    await anna.say(conversation, `so ${card}`, 'agents');
    const answer = await fetch(`${server.url}/api/visitor/conversations/${conversation}/files`, {
      method: 'POST',
      headers: { origin, authorization: `Bearer ${await signTicket(visitor, { conversation })}` },
      body: formOf({ [`${card}.txt`]: 'a receipt' }),
    });
    const [file] = await uploadedOf(answer);
    expect(file?.name).toBe('••••••••••••••••.txt');
    await visitor.command({ type: 'message', text: '', files: [file?.id as FileId] });
    expect(await visitor.event('message')).toMatchObject({ body: { text: 'it is •••• ••••-•••• ••••' } });
    await server.context.indexer.caughtUp();

    const places = await filesOf(server.context.config.dataDir);
    const tables = database ? await tablesOf(database.execute) : new Map<string, Buffer>();
    expect(foundIn(new Map([...places, ...tables]), [card, parted])).toEqual([]);
    expect(foundIn(new Map([...places, ...tables]), ['it is ••••'])).not.toEqual([]);
    const received = JSON.stringify([anna.reader.frames, visitor.reader.frames]) + server.log();
    for (const one of [card, parted]) expect(received).not.toContain(one);
    expect((await server.context.store.sites.find('site-a' as SiteId))?.settings.masking.patterns).toEqual(['card']);
  });
});
