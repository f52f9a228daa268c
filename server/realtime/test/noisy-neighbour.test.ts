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

/** Yesterday until tomorrow, whatever the time zone. */
const dayAfter = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const read = [
  ...['/api/audit', '/api/queues', '/api/people', '/api/profiles', '/api/sites', '/api/mails', '/api/webhooks'],
  ...['/api/chat-log', '/api/chat-log/choices', '/api/chat-log?text=organization'],
  `/api/statistics?from=${dayAfter(-1)}&to=${dayAfter(1)}`,
];

test('T159 what happens in one organization changes nothing that the other reads, counts, finds or is told of', async (t) => {
  const server = await openServer(t);
  const admin = await server.signIn('admin-b');
  t.onTestFinished(() => admin.close());
  await admin.connect();
  const quiet = await server.visitor({ site: 'site-b' });
  await quiet.request();
  await quiet.reader.find((frame) => frame.type === 'signal' && frame.signal.kind === 'place');
  admin.send({ type: 'floor', on: true });
  await admin.reader.ofType('floor');
  const { indexer, statistics } = server.context;
  const valuesOf = async () => {
    await Promise.all([indexer.caughtUp(), statistics.caughtUp()]);
    const values: [string, unknown][] = [];
    for (const path of read) {
      const answer = await admin.fetch(path);
      expect([path, answer.status]).toEqual([path, 200]);
      values.push([path, await answer.text()]);
    }
    return values;
  };
  // What is read stands in the audit log, once.
  await valuesOf();
  const before = await valuesOf();
  const [seen, told] = [admin.reader.frames.length, quiet.reader.frames.length];

  const anna = await server.agent('anna-a');
  const visitors = await Promise.all([1, 2, 3].map(() => server.visitor({ site: 'site-a' })));
  for (const visitor of visitors) await visitor.request();
  await anna.accept();
  for (const visitor of visitors) await visitor.say('in the other organization');
  for (const visitor of visitors) await visitor.command({ type: 'end' });

  expect(await valuesOf()).toEqual(before);
  for (const reader of [admin.reader, quiet.reader]) expect(JSON.stringify(reader.frames)).not.toContain('-a"');
  expect(quiet.reader.frames.slice(told)).toEqual([]);
  // The next that the floor is told is what happens next in the organization itself.
  const later = await server.visitor({ site: 'site-b' });
  await later.request();
  await later.reader.find(
    (frame) => frame.type === 'signal' && frame.signal.kind === 'place' && frame.signal.place === 2,
  );
  const { conversation } = await later.event('requested');
  await admin.reader.find(
    (frame) => frame.type === 'floor' && frame.chats.some((chat) => chat.conversation === conversation),
    seen,
  );
  const chats = admin.reader.frames.slice(seen).flatMap((frame) => (frame.type === 'floor' ? frame.chats : []));
  expect(new Set(chats.map((chat) => chat.conversation))).toEqual(new Set([conversation]));
  expect(JSON.stringify(admin.reader.frames)).not.toContain('-a"');
});
