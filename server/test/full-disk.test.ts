import { execFileSync } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import type { ConversationId } from '../../protocol/ids.ts';
import { openStore } from '../store/open-store.ts';
import { startDemoProcess } from './demo-process.ts';

/** Of any file the process writes: what a full disk is to it. Null lifts the bound again. */
const boundFiles = (pid: number, bytes: number | null) =>
  execFileSync('prlimit', ['--pid', String(pid), `--fsize=${bytes ?? 'unlimited'}:unlimited`]);

test('A109 on a full disk nothing is acknowledged that is not kept, and all goes on once there is room', async () => {
  const { dataDir, server, ...desk } = await startDemoProcess();
  const visitor = desk.visitor();
  const { conversation } = await visitor.hello().then(() => visitor.request().then(() => visitor.event('requested')));
  const acked: string[] = [];
  const say = async (text: string) => {
    const answer = await visitor.say(text);
    if (answer.type === 'ack') acked.push(text);
    return answer;
  };
  expect(await say('before')).toMatchObject({ type: 'ack' });
  const { size } = await stat(join(dataDir, 'balie.db-wal'));
  boundFiles(server.pid, size + 40_000);
  let answer = await say('0');
  for (let at = 1; answer.type === 'ack' && at < 40; at++) answer = await say(`${at} ${'x'.repeat(3500)}`);
  expect(answer).toMatchObject({ type: 'refusal', code: 'unavailable' });
  expect(await visitor.say(`still full ${'x'.repeat(3900)}`)).toMatchObject({ type: 'refusal', code: 'unavailable' });

  boundFiles(server.pid, null);
  expect(await say('afterwards')).toMatchObject({ type: 'ack' });
  expect(await server.end('SIGTERM')).toBe(0);

  const store = await openStore({ dataDir });
  const kept = (await store.log.read(conversation as ConversationId, 0, 1000)).flatMap(({ body }) =>
    body.type === 'message' ? [body.text] : [],
  );
  await store.close();
  expect(kept).toEqual(acked);
  const database = new DatabaseSync(join(dataDir, 'balie.db'));
  expect(database.prepare('pragma integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
  database.close();
});
