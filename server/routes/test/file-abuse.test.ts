import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { expect, test, vi } from 'vitest';
import { limits } from '../../../protocol/limits.ts';
import { codeOf, filesOf, formOf, openFiles } from '../../test/open-files.ts';

const draftsIn = (dataDir: string) => readdir(join(dataDir, 'files', 'drafts'));

/** An archive with one entry (APPNOTE.TXT, 4.3): its name is the sender's. */
function zip(name: string, content: Buffer): Uint8Array<ArrayBuffer> {
  const packed = deflateRawSync(content);
  const head = Buffer.alloc(30);
  head.writeUInt32LE(0x04034b50, 0);
  head.writeUInt16LE(8, 8);
  head.writeUInt32LE(packed.length, 18);
  head.writeUInt32LE(content.length, 22);
  head.writeUInt16LE(name.length, 26);
  return new Uint8Array(Buffer.concat([head, Buffer.from(name, 'latin1'), packed]));
}

test('A092 whoever hangs up in the middle leaves nothing, and keeps nobody from uploading', async (t) => {
  const { server, anna, conversation, byAgent, rows } = await openFiles(t);
  const { hostname, port } = new URL(server.url);
  const request = [
    `POST /api/conversations/${conversation}/files?audience=everyone HTTP/1.1`,
    `host: ${hostname}:${port}`,
    `origin: ${server.url}`,
    `cookie: ${anna.cookie}`,
    `x-csrf-token: ${anna.csrf}`,
    'content-type: multipart/form-data; boundary=b',
    'content-length: 1000000',
    '',
    '--b\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\n\r\nhalf of it',
  ].join('\r\n');
  const sockets = Array.from({ length: 50 }, () => connect(Number(port), hostname).on('error', () => {}));
  for (const socket of sockets) socket.write(request);
  const { dataDir } = server.context.config;
  await vi.waitUntil(async () => (await draftsIn(dataDir)).length === sockets.length, { timeout: 20_000 });
  expect((await byAgent(formOf({ 'whole.txt': 'hello' }))).status).toBe(201);
  for (const socket of sockets) socket.resetAndDestroy();
  await vi.waitUntil(async () => (await draftsIn(dataDir)).length === 0, { timeout: 20_000 });
  expect(await rows()).toHaveLength(1);
});

test('A097 archives are refused as they are: nothing is unpacked, wherever it would lead', async (t) => {
  const { server, byAgent } = await openFiles(t);
  const archives = {
    'bomb.zip': zip('zeros', Buffer.alloc(20_000_000)),
    'slip.zip': zip('../../../../slipped', Buffer.from('x')),
    'letter.docx': zip('word/document.xml', Buffer.from('<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>')),
    'plain.txt': zip('inner.zip', Buffer.from(zip('a', Buffer.from('a')))),
    archive: new Uint8Array(Buffer.from('\x1f\x8b\x08\0\0\0\0\0\0\0', 'latin1')),
  };
  for (const [name, bytes] of Object.entries(archives)) {
    const answer = await byAgent(formOf({ [name]: bytes }));
    expect([name, answer.status, await codeOf(answer)]).toEqual([name, 415, 'file_refused']);
  }
  expect(await draftsIn(server.context.config.dataDir)).toEqual([]);
});

test('A104 an id cannot be guessed: 128 bits, nothing near one, and who tries has to wait', async (t) => {
  const { sent, openAsVisitor, ticket, server } = await openFiles(t);
  const { id } = await sent(formOf({ 'note.txt': 'secret' }));
  const bytes = Buffer.from(id, 'base64url');
  expect([bytes.length, bytes.toString('base64url')]).toEqual([16, id]);
  const near = Array.from({ length: 128 }, (_, bit) => {
    const one = Buffer.from(bytes);
    one.writeUInt8(one.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
    return one.toString('base64url');
  });
  for (const other of near) expect((await openAsVisitor(other)).status).toBe(404);
  const good = await ticket();
  const statuses = new Set<number>();
  for (let tries = 0; tries < limits.requestsPerMinute; tries += 50) {
    const guesses = Array.from({ length: 50 }, () => randomBytes(16).toString('base64url'));
    const answers = await Promise.all(guesses.map((guess) => fetch(`${server.url}/files/${guess}?ticket=${good}`)));
    for (const { status } of answers) statuses.add(status);
  }
  expect([...statuses].sort()).toEqual([404, 429]);
});

test('A115 two files of one name are two files; an empty one takes the others with it', async (t) => {
  const { byAgent, rows } = await openFiles(t);
  const files = await filesOf(
    await byAgent(
      formOf([
        ['same.txt', 'one'],
        ['same.txt', 'two'],
      ]),
    ),
  );
  expect(files.map(({ name }) => name)).toEqual(['same.txt', 'same.txt']);
  expect(new Set(files.map(({ id }) => id)).size).toBe(2);
  const empty = await byAgent(formOf({ 'a.txt': 'a', 'empty.txt': '' }));
  expect([empty.status, await codeOf(empty)]).toEqual([415, 'file_refused']);
  expect(await rows()).toHaveLength(2);
});
