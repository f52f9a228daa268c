import { lookup } from 'node:dns';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { createFetchPublic } from '../fetch-public.ts';
import type { ResolveName } from '../public-lookup.ts';

const bounds = { maxBytes: 1000, timeoutMs: 5000, allowPrivate: true };
const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** A provider on this machine; `hits` counts the connections that reached it. */
async function openProvider(listener: RequestListener) {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(
    () => server.closeAllConnections(),
    () => server.close(),
  );
  const state = { hits: 0, port: (server.address() as AddressInfo).port };
  server.on('connection', () => {
    state.hits += 1;
  });
  return { state, url: new URL(`http://127.0.0.1:${state.port}/keys`) };
}

/** Answers each look-up with the next of these. */
const resolvesTo = (...answers: readonly string[][]): ResolveName => {
  let next = 0;
  const resolve = (_name: string, _options: unknown, callback: (error: null, addresses: unknown) => void) => {
    const answer = answers[Math.min(next++, answers.length - 1)] ?? [];
    callback(
      null,
      answer.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };
  return resolve as unknown as ResolveName;
};

describe('what comes back', () => {
  it('E170 has the bytes of a document, and asks for it without compression', async () => {
    const { url } = await openProvider((request, response) => {
      response.end(
        JSON.stringify({ accept: request.headers['accept-encoding'], cookie: request.headers.cookie ?? null }),
      );
    });
    const body = await createFetchPublic()(url, bounds);
    expect(JSON.parse(Buffer.from(body).toString())).toEqual({ accept: 'identity', cookie: null });
  });

  it('E173 fails on more bytes than allowed, announced or not', async () => {
    const { url } = await openProvider((_request, response) => {
      const more = () => {
        if (!response.destroyed) response.write('x'.repeat(100), () => setImmediate(more));
      };
      more();
    });
    await expect(createFetchPublic()(url, bounds)).rejects.toThrow('1000 bytes');
    const exact = await openProvider((_request, response) => response.end('x'.repeat(1000)));
    expect(await createFetchPublic()(exact.url, bounds)).toHaveLength(1000);
  });

  it.each([201, 301, 302, 304, 307, 404, 500])('E170 fails on status %i and follows no redirect', async (status) => {
    const target = await openProvider((_request, response) => response.end('{}'));
    const { url } = await openProvider((_request, response) => {
      response.writeHead(status, { location: target.url.href }).end();
    });
    await expect(createFetchPublic()(url, bounds)).rejects.toThrow(`status ${status}`);
    expect(target.state.hits).toBe(0);
  });

  it('E173 fails on a compressed answer, which could be any size', async () => {
    const { url } = await openProvider((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(10_000_000)));
    });
    await expect(createFetchPublic()(url, bounds)).rejects.toThrow('compressed');
  });

  it('E173 fails when the answer, or the rest of it, does not come in time', async () => {
    const silent = await openProvider(() => {});
    const halting = await openProvider((_request, response) => void response.write('{'));
    for (const { url } of [silent, halting])
      await expect(createFetchPublic()(url, { ...bounds, timeoutMs: 50 })).rejects.toThrow();
  });

  it('E173 fails when nobody listens, and when the connection breaks', async () => {
    const breaking = await openProvider((request) => request.socket.destroy());
    const gone = new URL('http://127.0.0.1:1/');
    for (const url of [breaking.url, gone]) await expect(createFetchPublic()(url, bounds)).rejects.toThrow();
  });
});

describe('where it goes', () => {
  it('E170 connects to no private address, written or resolved', async () => {
    const { url, state } = await openProvider((_request, response) => response.end('{}'));
    const guarded = { ...bounds, allowPrivate: false };
    const named = new URL(`http://login.example:${state.port}/keys`);
    await expect(createFetchPublic()(url, guarded)).rejects.toThrow('private network');
    for (const answer of [['127.0.0.1'], ['::ffff:127.0.0.1'], ['8.8.8.8', '127.0.0.1'], []])
      await expect(createFetchPublic(resolvesTo(answer))(named, guarded)).rejects.toThrow('private network');
    expect(state.hits).toBe(0);
  });

  it('E170 judges the address that it connects to: a name that changes its mind gets nowhere', async () => {
    const { state } = await openProvider((_request, response) => response.end('{}'));
    const fetch = createFetchPublic(resolvesTo(['192.0.2.1'], ['127.0.0.1']));
    const named = new URL(`http://login.example:${state.port}/keys`);
    for (const _attempt of [1, 2])
      await expect(fetch(named, { ...bounds, allowPrivate: false })).rejects.toThrow('private network');
    expect(state.hits).toBe(0);
  });

  it('E170 resolves the name of this machine by the real look-up, and refuses it', async () => {
    const { state } = await openProvider((_request, response) => response.end('{}'));
    const named = new URL(`http://localhost:${state.port}/keys`);
    await expect(createFetchPublic(lookup)(named, { ...bounds, allowPrivate: false })).rejects.toThrow(
      'private network',
    );
    expect(await createFetchPublic(lookup)(named, bounds)).toHaveLength(2);
    expect(state.hits).toBe(1);
  });
});
