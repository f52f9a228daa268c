import { describe, expect, type TestContext, test, vi } from 'vitest';
import { closeCodes } from '../../../protocol/codes.ts';
import { limits } from '../../../protocol/limits.ts';
import { origin } from '../../test/furnish.ts';
import { openServer } from '../../test/open-server.ts';
import { closeBytes, frameBytes, opcodes, RawSocket } from '../../test/raw-socket.ts';

/** A server, somebody who chats there, and the way to open sockets of bytes. */
async function openWire(t: TestContext) {
  const server = await openServer(t);
  const other = await server.visitor();
  await other.request();
  const open = async () => {
    const raw = await RawSocket.open(server.url, '/api/visitor/socket?site=site-a', origin);
    t.onTestFinished(() => raw.destroy());
    return raw;
  };
  /** What the server says of these bytes when it closes. */
  const closedBy = async (...bytes: readonly Uint8Array[]) => {
    const raw = await open();
    raw.write(...bytes);
    return raw.gone;
  };
  const stillServes = async () => {
    server.advance(10_000);
    expect(await other.say('still here')).toMatchObject({ type: 'ack' });
  };
  const connections = () =>
    new Promise<number>((resolve) => server.app.server.getConnections((_error, count) => resolve(count)));
  return { server, open, closedBy, stillServes, connections };
}

/** A frame of the protocol of exactly this many bytes, which is answered before a hello too. */
const ping = (bytes = 15) => `{"type":"ping"${' '.repeat(bytes - 15)}}`;
const pong = '{"type":"pong"}';
const text = (payload: Uint8Array | string, more = {}) => frameBytes({ opcode: opcodes.text, payload, ...more });
const rest = (payload: Uint8Array | string, more = {}) =>
  frameBytes({ opcode: opcodes.continuation, payload, ...more });
const cut = (whole: string, size: number) => {
  const parts = Array.from({ length: Math.ceil(whole.length / size) }, (_, n) => whole.slice(n * size, (n + 1) * size));
  return parts.map((part, n) => (n === 0 ? text : rest)(part, { fin: n === parts.length - 1 }));
};
const tooLong = 1009;
const protocolError = 1002;

/** After the groups of the Autobahn test suite; where that has an echo, `ping` and `pong` stand for it. */
describe('W044 framing', () => {
  test('1 messages of every form of length are read, however the bytes come', async (t) => {
    const { open, stillServes } = await openWire(t);
    const raw = await open();
    const sizes = [15, 125, 126, 127, 128, 65_535, limits.frameBytes];
    raw.write(...sizes.map((size) => text(ping(size))));
    await raw.until(() => raw.texts.filter((one) => one === pong).length === sizes.length);
    await raw.writeSlowly(text(ping(200)));
    await raw.until(() => raw.texts.filter((one) => one === pong).length === sizes.length + 1);
    await stillServes();
  });

  test('2 every ping is answered in order, with what it carried; pongs that nobody asked for are no matter', async (t) => {
    const { open, closedBy } = await openWire(t);
    const raw = await open();
    const payloads = ['', 'hello', '\x00\xff\xfe', 'x'.repeat(125), ...Array.from({ length: 10 }, (_, n) => `${n}`)];
    raw.write(frameBytes({ opcode: opcodes.pong }), frameBytes({ opcode: opcodes.pong, payload: 'unasked' }));
    raw.write(
      ...payloads.map((payload) => frameBytes({ opcode: opcodes.ping, payload: Buffer.from(payload, 'latin1') })),
    );
    await raw.until(() => raw.pongs.length === payloads.length);
    expect(raw.pongs).toEqual(payloads);
    for (const opcode of [opcodes.ping, opcodes.pong])
      expect(await closedBy(frameBytes({ opcode, payload: 'x'.repeat(126) }))).toBe(protocolError);
  });

  test.for([1, 2, 3, 4, 5, 6, 7])('3 W025 reserved bits %i close the socket', async (reserved, t) => {
    const { closedBy } = await openWire(t);
    expect(await closedBy(text(ping(), { reserved }))).toBe(protocolError);
    expect(await closedBy(frameBytes({ opcode: opcodes.ping, reserved }))).toBe(protocolError);
  });

  test('4 W025 so do reserved opcodes, and frames that are not masked', async (t) => {
    const { closedBy, stillServes } = await openWire(t);
    for (const opcode of [3, 4, 5, 6, 7, 11, 12, 13, 14, 15])
      expect([opcode, await closedBy(frameBytes({ opcode, payload: 'x' }))]).toEqual([opcode, protocolError]);
    expect(await closedBy(text(ping(), { masked: false }))).toBe(protocolError);
    await stillServes();
  });

  test('5 a message in parts is one, also around a ping; parts that belong to none close the socket', async (t) => {
    const { open, closedBy } = await openWire(t);
    const raw = await open();
    const [first, second, third] = cut(ping(), 5) as [Buffer, Buffer, Buffer];
    raw.write(first, frameBytes({ opcode: opcodes.ping, payload: 'between' }), second, third);
    await raw.until(() => raw.texts.includes(pong));
    expect(raw.pongs).toEqual(['between']);
    for (const wrong of [
      [rest(ping())],
      [rest(ping(), { fin: false }), rest('')],
      [first, text(ping())],
      [frameBytes({ opcode: opcodes.ping, fin: false }), rest('')],
    ])
      expect(await closedBy(...wrong)).toBe(protocolError);
  });

  test('6 W023 what is no UTF-8 closes the socket, wherever it is cut', async (t) => {
    const { closedBy } = await openWire(t);
    const valid = ['κόσμε', '\u{10FFFF}', '\uFFFE', '\u0000', '😀é'];
    const broken = ['80', 'fe', 'c0af', 'eda080', 'f4908080', 'cebae1bdb9cf83cebcceb5eda080656469746564', 'f09f98'];
    for (const bytes of valid.map((one) => Buffer.from(one)))
      for (const whole of [true, false]) {
        const sent = whole ? [text(bytes)] : [text(bytes.subarray(0, 1), { fin: false }), rest(bytes.subarray(1))];
        expect(await closedBy(...sent)).toBe(closeCodes.malformed);
      }
    for (const bytes of broken.map((one) => Buffer.from(one, 'hex'))) {
      expect(await closedBy(text(bytes))).toBe(1007);
      expect(await closedBy(text(bytes.subarray(0, 1), { fin: false }), rest(bytes.subarray(1)))).toBe(1007);
    }
  });

  test('9 W024 the largest message may come in parts, and none may be larger, whole or in parts', async (t) => {
    const { open, closedBy, stillServes } = await openWire(t);
    const raw = await open();
    raw.write(...cut(ping(limits.frameBytes), 1024));
    await raw.until(() => raw.texts.includes(pong));
    expect(await closedBy(text(ping(limits.frameBytes + 1)))).toBe(tooLong);
    expect(await closedBy(...cut(ping(limits.frameBytes + 1), 2048))).toBe(tooLong);
    await stillServes();
  });

  test('9 W024 a length that is announced is believed before a byte of it has come', async (t) => {
    const { closedBy, stillServes } = await openWire(t);
    for (const announced of [BigInt(limits.frameBytes) + 1n, 100n * 1024n * 1024n, 2n ** 53n - 1n])
      expect(await closedBy(text('', { announced }))).toBe(tooLong);
    expect([tooLong, protocolError]).toContain(await closedBy(text('', { announced: 2n ** 63n - 1n })));
    await stillServes();
  });
});

describe('W045 7 closing', () => {
  test('a close that may be is answered with the same code, and leaves nothing behind', async (t) => {
    const { closedBy, connections, open } = await openWire(t);
    for (const code of [1000, 1001, 1003, 1007, 1008, 1009, 1011, 3000, 3999, 4000, 4999])
      expect(await closedBy(closeBytes(code))).toBe(code);
    expect(await closedBy(closeBytes(1000, 'x'.repeat(123)))).toBe(1000);
    expect(await closedBy(frameBytes({ opcode: opcodes.close }))).toBe(1005);
    const raw = await open();
    raw.write(closeBytes(1000), text(ping()));
    expect(await raw.gone).toBe(1000);
    expect(raw.texts).not.toContain(pong);
    await vi.waitUntil(async () => (await connections()) === 1, { timeout: 10_000 });
  });

  test('a close that may not be is a protocol error, and leaves nothing behind either', async (t) => {
    const { closedBy, connections, stillServes } = await openWire(t);
    for (const code of [0, 999, 1004, 1005, 1006, 1016, 1100, 2000, 2999, 5000, 65_535])
      expect([code, await closedBy(closeBytes(code))]).toEqual([code, protocolError]);
    expect(await closedBy(frameBytes({ opcode: opcodes.close, payload: 'x' }))).toBe(protocolError);
    expect(await closedBy(closeBytes(1000, 'x'.repeat(124)))).toBe(protocolError);
    expect(await closedBy(closeBytes(1000, Buffer.from([0xce, 0xba, 0xe1])))).toBe(1007);
    await vi.waitUntil(async () => (await connections()) === 1, { timeout: 10_000 });
    await stillServes();
  });

  test('a connection that just breaks leaves nothing behind', async (t) => {
    const { connections, open } = await openWire(t);
    const all = await Promise.all(Array.from({ length: 20 }, open));
    expect(await connections()).toBe(21);
    for (const raw of all) raw.destroy();
    await vi.waitUntil(async () => (await connections()) === 1, { timeout: 10_000 });
  });
});
