import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, createServer as createPlainServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createPostPublic } from '../post-public.ts';
import type { ResolveName } from '../public-lookup.ts';

const posting = { headers: { 'content-type': 'application/json' }, body: '{"hello":"Zoë"}' };
const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

async function listen(listener: RequestListener) {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const state = { connections: 0 };
  server.on('connection', () => state.connections++);
  closers.push(
    () => server.closeAllConnections(),
    () => server.close(),
  );
  const { port } = server.address() as AddressInfo;
  return { state, port, url: new URL(`http://127.0.0.1:${port}/hook`) };
}

const inside = createPostPublic({ allowPrivate: true, timeoutMs: 5000 });

describe('what comes of it', () => {
  it('E173 the status, whatever the answer says and however much of it there is', async () => {
    let isOpen = true;
    const endless = await listen((_request, response) => {
      response.on('close', () => {
        isOpen = false;
      });
      const more = () => {
        if (!response.destroyed) response.write('x'.repeat(65_536), () => setImmediate(more));
      };
      more();
    });
    expect(await inside(endless.url, posting)).toEqual({ status: 200 });
    await expect.poll(() => isOpen).toBe(false);
    const halting = await listen((_request, response) => void response.write('never ends'));
    expect(await inside(halting.url, posting)).toEqual({ status: 200 });
  });

  it.each([204, 301, 307, 308, 404, 500])('E170 status %i, and no redirect is followed', async (status) => {
    const target = await listen((_request, response) => response.end());
    const { url } = await listen((_request, response) => {
      response.writeHead(status, { location: target.url.href }).end();
    });
    expect(await inside(url, posting)).toEqual({ status });
    expect(target.state.connections).toBe(0);
  });

  it('the body and the headers arrive as they were given', async () => {
    const got: unknown[] = [];
    const { url } = await listen((request, response) => {
      request.setEncoding('utf8').on('data', (text) => got.push(text));
      request.on('end', () => response.end());
      got.push(request.headers['content-type'], request.headers['content-length'], request.headers.cookie);
    });
    await inside(url, posting);
    expect(got).toEqual(['application/json', '16', undefined, posting.body]);
  });

  it('E173 nobody answers in time, or in HTTP, or at all', async () => {
    const silent = await listen(() => {});
    const impatient = createPostPublic({ allowPrivate: true, timeoutMs: 100 });
    expect(await impatient(silent.url, posting)).toEqual({ failure: 'timeout' });
    const dripping = createPlainServer((socket) => {
      socket.on('error', () => {}).write('HTTP/1.1 200 OK\r\n');
      const drip = setInterval(() => socket.write('x-slow: 1\r\n'), 20);
      socket.on('close', () => clearInterval(drip));
    }).listen(0, '127.0.0.1');
    closers.push(() => dripping.close());
    await once(dripping, 'listening');
    const address = new URL(`http://127.0.0.1:${(dripping.address() as AddressInfo).port}/`);
    expect(await impatient(address, posting)).toEqual({ failure: 'timeout' });
    const breaking = await listen((request) => request.socket.destroy());
    expect(await inside(breaking.url, posting)).toEqual({ failure: 'unreachable' });
    expect(await inside(new URL('http://127.0.0.1:1/'), posting)).toEqual({ failure: 'unreachable' });
    const outside = createPostPublic({ allowPrivate: false });
    for (const post of [inside, outside])
      expect(await post(new URL('https://no-such-host.invalid/'), posting)).toEqual({ failure: 'unknown_name' });
  });

  it('E173 a certificate that nobody vouches for, and a server without any', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'balie-tls-'));
    closers.push(() => rmSync(folder, { recursive: true }));
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
    const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '1'];
    execFileSync('openssl', ['req', '-x509', ...kind, ...subject, '-keyout', key, '-out', cert], { stdio: 'ignore' });
    let requests = 0;
    const tls = { key: readFileSync(key), cert: readFileSync(cert) };
    const server = createSecureServer(tls, (_request, response) => {
      requests++;
      response.end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    closers.push(() => server.close());
    const { port } = server.address() as AddressInfo;
    expect(await inside(new URL(`https://127.0.0.1:${port}/`), posting)).toEqual({ failure: 'certificate' });
    const plain = await listen((_request, response) => response.end());
    expect(await inside(new URL(`https://127.0.0.1:${plain.port}/`), posting)).toEqual({ failure: 'certificate' });
    expect(requests).toBe(0);
  });
});

describe('where it goes', () => {
  const resolvesTo = (...answers: readonly string[]): ResolveName => {
    let next = 0;
    return ((_name: string, _options: unknown, callback: (error: null, addresses: unknown) => void) => {
      const address = answers[Math.min(next++, answers.length - 1)] ?? '';
      callback(null, [{ address, family: address.includes(':') ? 6 : 4 }]);
    }) as unknown as ResolveName;
  };

  it('E170 into no private network, by address or by name, nor by a name that changes its mind', async () => {
    const { port, url, state } = await listen((_request, response) => response.end());
    const named = new URL(`http://hooks.example:${port}/`);
    const post = createPostPublic({ allowPrivate: false, resolve: resolvesTo('127.0.0.1') });
    const mapped = createPostPublic({ allowPrivate: false, resolve: resolvesTo('::ffff:127.0.0.1') });
    for (const address of [url, named, new URL(`http://[::ffff:127.0.0.1]:${port}/`)])
      expect(await post(address, posting)).toEqual({ failure: 'private_address' });
    expect(await mapped(named, posting)).toEqual({ failure: 'private_address' });
    const rebinding = createPostPublic({ allowPrivate: false, resolve: resolvesTo('192.0.2.1', '127.0.0.1') });
    for (const _attempt of [1, 2]) expect(await rebinding(named, posting)).toEqual({ failure: 'private_address' });
    expect(state.connections).toBe(0);
  });
});
