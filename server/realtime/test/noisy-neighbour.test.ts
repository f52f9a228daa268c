import { expect, test } from 'vitest';
import { openServer } from '../../test/open-server.ts';

const messages = 20;

test('T163 one organization floods and is throttled; what the other says is all acknowledged', async (t) => {
  const server = await openServer(t);
  const flooders = await Promise.all([1, 2, 3].map(() => server.visitor({ site: 'site-a' })));
  const quiet = await server.visitor({ site: 'site-b' });
  await Promise.all([...flooders, quiet].map((visitor) => visitor.request()));
  const flood = flooders.map(async (visitor) => {
    for (let n = 0; n < 400; n++) void visitor.say(`flood ${n}`).catch(() => {});
    return (await visitor.reader.closed).code;
  });
  const answers = Array.from({ length: messages }, (_, n) => quiet.say(`quiet ${n}`));
  expect(await Promise.all(flood)).toEqual([4429, 4429, 4429]);
  expect((await Promise.all(answers)).map(({ type }) => type)).toEqual(Array(messages).fill('ack'));
  expect((await quiet.say('after it')).type).toBe('ack');
});

test('T159 what happens in one organization changes nothing that the other reads of its log, queues and people', async (t) => {
  const server = await openServer(t);
  const admin = await server.agent('admin-b');
  const quiet = await server.visitor({ site: 'site-b' });
  await quiet.request();
  const valuesOf = async () => {
    const paths = ['/api/audit', '/api/queues', '/api/people', '/api/profiles'];
    return Promise.all(paths.map(async (path) => (await admin.fetch(path)).text()));
  };
  const before = await valuesOf();
  const anna = await server.agent('anna-a');
  const visitors = await Promise.all([1, 2, 3].map(() => server.visitor({ site: 'site-a' })));
  for (const visitor of visitors) await visitor.request();
  await anna.accept();
  for (const visitor of visitors) await visitor.say('in the other organization');
  for (const visitor of visitors) await visitor.command({ type: 'end' });
  expect(await valuesOf()).toEqual(before);
  expect(JSON.stringify([quiet.reader.frames, admin.reader.frames])).not.toContain('in the other organization');
});
