import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type TestContext, test } from 'vitest';
import { codeOf, formOf, openFiles } from '../../test/open-files.ts';
import { createClamavScan } from '../scan.ts';

/** What every scanner takes for a virus, and nothing else does (eicar.org); in two pieces, so that none takes this file for one. */
const eicar = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-', 'ANTIVIRUS-TEST-FILE!$H+H*'].join('');

/** What one INSTREAM carried: pieces with their lengths before them, and a zero at the end (clamd(8)). Null before that. */
function contentOf(bytes: Buffer): Buffer | null {
  const command = 'zINSTREAM\0';
  if (bytes.length < command.length) return null;
  expect(bytes.subarray(0, command.length).toString('latin1')).toBe(command);
  const pieces: Buffer[] = [];
  for (let at = command.length; at + 4 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    if (length === 0) return Buffer.concat(pieces);
    pieces.push(bytes.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return null;
}

/** A daemon that speaks as clamd does, and knows one virus. */
async function openScanner(t: TestContext, answer: (socket: Socket, content: Buffer) => void) {
  const server = createServer((socket) => {
    let bytes = Buffer.alloc(0);
    socket.on('data', (piece) => {
      bytes = Buffer.concat([bytes, piece]);
      const content = contentOf(bytes);
      if (content) answer(socket, content);
    });
    socket.on('error', () => {});
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.onTestFinished(() => void server.close());
  return { host: '127.0.0.1', port: (server.address() as AddressInfo).port };
}

const asClamd = (socket: Socket, content: Buffer) =>
  socket.end(content.includes(eicar) ? 'stream: Eicar-Test-Signature FOUND\0' : 'stream: OK\0');

test('A113 a file with a virus is not taken, and others are', async (t) => {
  const { byAgent, rows } = await openFiles(t, { clamav: await openScanner(t, asClamd) });
  const bad = await byAgent(formOf({ 'good.txt': 'hello', 'bad.txt': `hello ${eicar}` }));
  expect([bad.status, await codeOf(bad)]).toEqual([422, 'malware']);
  // Not the clean one beside it either.
  expect(await rows()).toEqual([]);
  expect((await byAgent(formOf({ 'large.txt': 'a'.repeat(3_000_000) }))).status).toBe(201);
});

test('A113 while nobody can scan, no file is taken, and the sender is told to come back', async (t) => {
  const gone = await openScanner(t, (socket) => void socket.destroy());
  const { byAgent, rows } = await openFiles(t, { clamav: gone });
  const answer = await byAgent(formOf({ 'a.txt': 'hello' }));
  expect([answer.status, await codeOf(answer), answer.headers.get('retry-after')]).toEqual([503, 'unavailable', '60']);
  expect(await rows()).toEqual([]);
});

test('A113 a daemon that keeps silent, or says what is no verdict, lets no file through', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'balie-scan-'));
  t.onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'file'), 'hello');
  const silent = await openScanner(t, () => {});
  const confused = await openScanner(t, (socket) => void socket.end('INSTREAM size limit exceeded. ERROR\0'));
  for (const address of [silent, confused])
    await expect(createClamavScan({ ...address, answerMs: 50 })(join(folder, 'file'))).rejects.toMatchObject({
      code: 'unavailable',
    });
});
