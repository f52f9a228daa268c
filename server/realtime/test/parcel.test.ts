import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { PassThrough } from 'node:stream';
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { Parcel } from '../parcel.ts';
import { textFrame } from '../text-frame.ts';

function openParcel() {
  const stream = new PassThrough();
  const chunks: string[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk.toString('latin1')));
  return { parcel: new Parcel(stream), stream, chunks };
}

const framesOf = (...texts: string[]) => Buffer.concat(texts.map(textFrame)).toString('latin1');

test('what one turn of the event loop brings a socket leaves in its order and as one chunk', async () => {
  const { parcel, chunks } = openParcel();
  parcel.add('one');
  await Promise.resolve();
  parcel.add('two');
  expect(chunks).toEqual([]);
  expect(parcel.bytes).toBe(10);
  await turnOfTheLoop();
  parcel.add('three');
  await turnOfTheLoop();
  expect(chunks).toEqual([framesOf('one', 'two'), framesOf('three')]);
  expect(parcel.bytes).toBe(0);
});

test('what is sent at once leaves before what is written next, and is not sent again', async () => {
  const { parcel, stream, chunks } = openParcel();
  parcel.add('one');
  parcel.send();
  stream.write('close');
  await turnOfTheLoop();
  expect(chunks.join('')).toBe(`${framesOf('one')}close`);
});

test('a stream that ended is written to no more', async () => {
  const { parcel, stream, chunks } = openParcel();
  parcel.add('one');
  stream.end();
  await turnOfTheLoop();
  expect(chunks).toEqual([]);
});

test('a reader of WebSocket finds texts of every form of length in the frames', async (t) => {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  t.onTestFinished(() => server.close());
  const texts = ['', 'x'.repeat(125), 'x'.repeat(126), 'é'.repeat(32_767), '😀'.repeat(16_384), 'x'.repeat(70_000)];
  server.on('connection', (_socket, request) => {
    for (const text of texts) request.socket.write(textFrame(text));
  });
  await once(server, 'listening');
  const reader = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  t.onTestFinished(() => reader.terminate());
  const read: string[] = [];
  reader.on('message', (data, isBinary) => read.push(isBinary ? 'binary' : data.toString()));
  await vi.waitFor(() => expect(read).toEqual(texts));
});
