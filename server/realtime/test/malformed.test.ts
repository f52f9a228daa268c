import { readdirSync, readFileSync } from 'node:fs';
import { connect as connectTcp } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { closeCodes } from '../../../protocol/codes.ts';
import { limits } from '../../../protocol/limits.ts';
import { origin } from '../../test/furnish.ts';
import { openServer, type TestServer } from '../../test/open-server.ts';
import type { TestVisitor } from '../../test/test-visitor.ts';

/** The server as others see it: still there, and it never gave up on an input of its own accord. */
async function stillServes(server: TestServer, other: TestVisitor) {
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  expect(await other.say('still here')).toMatchObject({ type: 'ack' });
}

async function openPair(t: Parameters<typeof openServer>[0]) {
  const server = await openServer(t);
  const other = await server.visitor();
  await other.request();
  return { server, other, visitor: await server.visitor() };
}

describe('malformed input', () => {
  test('W023 binary is refused, and an empty text is answered', async (t) => {
    const { other, server, visitor } = await openPair(t);
    visitor.socket.send('');
    expect(await visitor.reader.ofType('fault')).toMatchObject({ code: 'malformed' });
    visitor.socket.send(Buffer.from([1, 2, 3]));
    expect((await visitor.reader.closed).code).toBe(1003);
    await stillServes(server, other);
  });

  test('W024 a frame of the largest size is read, and one byte more closes with 1009', async (t) => {
    const { other, server, visitor } = await openPair(t);
    const frame = (bytes: number) => `{"type":"typing","pad":"${'x'.repeat(bytes - 26)}"}`;
    expect(frame(limits.frameBytes)).toHaveLength(limits.frameBytes);
    visitor.socket.send(frame(limits.frameBytes));
    expect(await visitor.reader.ofType('fault')).toMatchObject({ code: 'malformed' });
    visitor.socket.send(frame(limits.frameBytes + 1));
    expect((await visitor.reader.closed).code).toBe(1009);
    await stillServes(server, other);
  });

  test('W025 a message in thousands of fragments closes the socket', async (t) => {
    const { other, server, visitor } = await openPair(t);
    for (let index = 0; index < 20_000; index++) visitor.socket.send('x', { fin: false });
    expect([1008, 1009, 1002]).toContain((await visitor.reader.closed).code);
    await stillServes(server, other);
  });

  test('W026 compression is not negotiated', async (t) => {
    const { visitor } = await openPair(t);
    expect(visitor.socket.extensions).toBe('');
  });

  test('W022 CLS2 an unknown frame is answered, and the conversation goes on', async (t) => {
    const { visitor } = await openPair(t);
    await visitor.request();
    visitor.send({ type: 'no-such-frame' });
    expect(await visitor.reader.ofType('fault')).toMatchObject({ code: 'unknown_frame', field: 'type' });
    expect(await visitor.say('goes on')).toMatchObject({ type: 'ack' });
  });

  test('R205 positions that are none are malformed', async (t) => {
    const { visitor } = await openPair(t);
    for (const after of [-1, 1.5, 2 ** 53, 'NaN', null]) {
      const from = visitor.reader.frames.length;
      visitor.send({ type: 'resume', conversation: 'c', after });
      expect(await visitor.reader.ofType('fault', from)).toMatchObject({ code: 'malformed', field: 'after' });
    }
  });

  test('W028 every file of the JSON parsing suite is survived', async (t) => {
    const { other, server } = await openPair(t);
    const folder = fileURLToPath(new URL('data/json-parsing/test_parsing/', import.meta.url));
    const files = readdirSync(folder);
    expect(files.length).toBe(318);
    let visitor = await server.visitor();
    for (const file of files) {
      const bytes = readFileSync(join(folder, file));
      if (bytes.length > limits.frameBytes) continue;
      const from = visitor.reader.frames.length;
      visitor.socket.send(bytes, { binary: false });
      const code = await Promise.race([
        visitor.reader.ofType('fault', from).then(() => null),
        visitor.reader.closed.then((closed) => closed.code),
      ]);
      // Bytes that are no UTF-8 are the WebSocket layer's to refuse (RFC 6455, 8.1).
      if (code !== null) {
        expect([1007, closeCodes.tooMany]).toContain(code);
        visitor = await server.visitor();
      }
      server.advance(1000);
    }
    await stillServes(server, other);
  });

  test('whatever frames arrive, the server answers or closes by the table, and others notice nothing', async (t) => {
    const { other, server } = await openPair(t);
    const types = ['hello', 'send', 'identify', 'visit', 'typing', 'seen', 'resume', 'ping', 'challenge', ''];
    const anything = fc.oneof(
      fc.json({ maxDepth: 12 }),
      fc
        .record({ type: fc.constantFrom(...types) }, { noNullPrototype: true })
        .chain((base) => fc.object({ maxDepth: 4 }).map((rest) => JSON.stringify({ ...rest, ...base }))),
      fc.string({ maxLength: 200 }),
    );
    const allowed = new Set<number>([...Object.values(closeCodes), 1003, 1007, 1009, 1005]);
    await fc.assert(
      fc.asyncProperty(fc.array(anything, { minLength: 1, maxLength: 20 }), async (frames) => {
        const visitor = await server.visitor();
        for (const frame of frames) visitor.socket.send(frame);
        visitor.send({ type: 'ping' });
        const code = await Promise.race([
          visitor.reader.ofType('pong').then(() => null),
          visitor.reader.closed.then((closed) => closed.code),
        ]).catch(async () => (await visitor.reader.closed).code);
        if (code !== null) expect(allowed).toContain(code);
        visitor.close();
      }),
      { numRuns: 60 },
    );
    await stillServes(server, other);
  });

  test('W027 upgrades that are none are answered with 4xx', async (t) => {
    const { other, server } = await openPair(t);
    const port = Number(new URL(server.url).port);
    const head = `GET /api/visitor/socket?site=site-a HTTP/1.1\r\nHost: x\r\nOrigin: ${origin}\r\n`;
    const upgrade = 'Connection: keep-alive, Upgrade\r\nUpgrade: websocket\r\n';
    const key = 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n';
    for (const rest of [
      `${upgrade}Sec-WebSocket-Version: 13\r\n`,
      `${upgrade}${key}Sec-WebSocket-Version: 8\r\n`,
      `${upgrade}${key}Sec-WebSocket-Version: 13\r\nX: ${'x'.repeat(64 * 1024)}\r\n`,
      '',
    ])
      expect(await statusOf(port, `${head}${rest}\r\n`)).toMatch(/^4\d\d$/);
    await stillServes(server, other);
  });
});

function statusOf(port: number, request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connectTcp(port, '127.0.0.1', () => socket.write(request));
    socket.once('data', (data) => {
      resolve(/^HTTP\/1\.1 (\d+)/.exec(data.toString())?.[1] ?? '');
      socket.destroy();
    });
    socket.once('error', reject);
  });
}
