import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { limits } from '../../protocol/limits.ts';
import { startDemoProcess } from './demo-process.ts';
import { filesOf, formOf } from './open-files.ts';

const readers = 200;
const megabyte = 1024 * 1024;

/** What the process holds in memory. */
async function residentBytes(pid: number): Promise<number> {
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) * 1024;
}

test('A114 who downloads and does not read costs the server next to nothing, and holds up nobody', async () => {
  const { server, url, ...desk } = await startDemoProcess();
  const [visitor, anna, admin] = [desk.visitor(), await desk.agent('anna'), await desk.agent('admin')];
  await visitor.hello();
  await visitor.request();
  await anna.connect();
  const { profiles } = (await (await admin.fetch('/api/profiles')).json()) as { profiles: { id: string }[] };
  await anna.beReady(profiles[0]?.id ?? '');
  const conversation = await anna.accept();
  const large = new Uint8Array(limits.fileBytes).fill(97);
  const path = `/api/conversations/${conversation}/files?audience=everyone`;
  const [file] = await filesOf(await anna.fetch(path, { method: 'POST', body: formOf({ 'large.txt': large }) }));

  const { hostname, port } = new URL(url);
  async function open(count: number) {
    const begun = new Set<unknown>();
    const sockets = Array.from({ length: count }, () => {
      const socket = connect(Number(port), hostname);
      socket.once('readable', () => begun.add(socket)).on('error', () => {});
      socket.write(`GET /files/${file?.id} HTTP/1.1\r\nhost: ${hostname}:${port}\r\ncookie: ${anna.cookie}\r\n\r\n`);
      return socket;
    });
    await vi.waitUntil(() => begun.size === count, { timeout: 20_000 });
    const close = () => void sockets.map((socket) => socket.destroy());
    onTestFinished(close);
    return close;
  }

  // What the first ones take is mostly what the engine keeps for later ones.
  const close = await open(readers / 2);
  await (await anna.fetch(`/files/${file?.id}`)).arrayBuffer();
  close();
  const before = await residentBytes(server.pid);
  await open(readers);
  expect(await visitor.say('and the chat goes on')).toMatchObject({ type: 'ack' });
  const whole = await anna.fetch(`/files/${file?.id}`);
  expect((await whole.arrayBuffer()).byteLength).toBe(limits.fileBytes);
  // All are still open; what the engine has not thrown away yet is not held by them (INV4 gives it ten seconds).
  const grown = async () => expect((await residentBytes(server.pid)) - before).toBeLessThan(64 * megabyte);
  await vi.waitFor(grown, { timeout: 10_000, interval: 250 });
  anna.close();
}, 120_000);
