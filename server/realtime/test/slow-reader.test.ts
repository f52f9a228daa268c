import type { Socket } from 'node:net';
import { describe, expect, type TestContext, test } from 'vitest';
import { limits } from '../../../protocol/limits.ts';
import { origin } from '../../test/furnish.ts';
import { openServer } from '../../test/open-server.ts';
import { frameBytes, opcodes, RawSocket } from '../../test/raw-socket.ts';
import { newKeys } from '../../test/test-visitor.ts';

/** Room for the frame that goes past the bound, and for what then says so. */
const oneMore = limits.frameBytes;

/** Keeps the most that ever waited to be sent on the connections that are opened from now on. */
function watchBuffers(server: Awaited<ReturnType<typeof openServer>>) {
  const sockets: Socket[] = [];
  server.app.server.on('connection', (socket: Socket) => void sockets.push(socket));
  let most = 0;
  return {
    look() {
      for (const { writableLength } of sockets) most = Math.max(most, writableLength);
      return most;
    },
    isGone: () => sockets.every(({ destroyed }) => destroyed),
    gone: () => Promise.all(sockets.map((socket) => new Promise((resolve) => socket.once('close', resolve)))),
  };
}

/** A chat, with a second tab of the visitor's whose connection is watched. */
async function openChat(t: TestContext) {
  const server = await openServer(t);
  const keys = await newKeys();
  const agent = await server.agent();
  const visitor = await server.visitor({ keys });
  await visitor.request();
  const conversation = await agent.accept();
  const session = visitor.session as string;
  const buffers = watchBuffers(server);
  const tab = server.connect({ keys });
  await tab.hello({ session });
  await tab.event('accepted');
  /** Four bytes a character: 16,000 bytes a message. */
  const talk = async (count: number, goesOn = () => true) => {
    for (let said = 0; said < count && goesOn(); said++) {
      server.advance(200);
      expect(await agent.say(conversation, '😀'.repeat(limits.messageLength))).toMatchObject({ type: 'ack' });
      buffers.look();
    }
  };
  // From here on events are sent as they happen: what a reader had to catch up with is paced, and never too much.
  await talk(1);
  await tab.event('message');
  tab.send({ type: 'ping' });
  await tab.reader.ofType('pong');
  return { server, keys, session, conversation, visitor, buffers, tab, talk };
}

describe('D179 a reader who stops reading', () => {
  test('is cut off at a bounded buffer, holds up nobody, and has everything when they come back', async (t) => {
    const { server, keys, session, conversation, visitor, buffers, tab, talk } = await openChat(t);
    tab.socket.pause();
    const gone = buffers.gone();
    await talk(2000, () => buffers.look() <= limits.socketBufferBytes - oneMore);
    await talk(10);
    await gone;
    expect(buffers.look()).toBeGreaterThan(limits.socketBufferBytes - oneMore);
    expect(buffers.look()).toBeLessThanOrEqual(limits.socketBufferBytes + oneMore);
    expect(await visitor.say('I read')).toMatchObject({ type: 'ack' });

    tab.socket.resume();
    await tab.reader.closed;
    const after = tab.reader.frames.findLast((one) => one.type === 'event')?.seq ?? 0;
    const back = server.connect({ keys });
    await back.hello({ session, cursor: { conversation, after } as never });
    await back.reader.find(
      (one) => one.type === 'event' && one.event.body.type === 'message' && one.event.body.text === 'I read',
    );
    const seqs = [...tab.reader.frames, ...back.reader.frames].flatMap((one) =>
      one.type === 'event' ? [one.seq] : [],
    );
    expect(seqs).toEqual(seqs.map((_, index) => index + 1));
  });

  test('of a long history is waited for, and sent no more than a part of it', async (t) => {
    const { server, keys, session, buffers, tab, talk } = await openChat(t);
    await talk(400);
    tab.close();
    const late = server.connect({ keys });
    await late.hello({ session });
    late.socket.pause();
    await talk(20);
    expect(buffers.look()).toBeLessThan(limits.socketBufferBytes / 2);
    late.socket.resume();
    await late.reader.find((one) => one.type === 'event' && one.seq === 423);
  });
});

describe('W025 a flood of pings', () => {
  const pings = (count: number) =>
    Buffer.concat(Array.from({ length: count }, () => frameBytes({ opcode: opcodes.ping, payload: 'x'.repeat(125) })));

  async function openPings(t: TestContext) {
    const server = await openServer(t);
    const other = await server.visitor();
    await other.request();
    const buffers = watchBuffers(server);
    const raw = await RawSocket.open(server.url, '/api/visitor/socket?site=site-a', origin);
    t.onTestFinished(() => raw.destroy());
    const othersGoOn = async () => {
      server.advance(200);
      expect(await other.say('and on')).toMatchObject({ type: 'ack' });
    };
    return { raw, buffers, othersGoOn };
  }

  test('by one who reads the answers is answered, and so are others', async (t) => {
    const { raw, othersGoOn } = await openPings(t);
    for (let times = 1; times <= 200; times++) {
      await raw.writeAll(pings(50));
      await raw.until(() => raw.pongs.length === 50 * times);
      if (times % 20 === 0) await othersGoOn();
    }
  });

  test('by one who does not ends the connection before the answers fill our memory', async (t) => {
    const { raw, buffers, othersGoOn } = await openPings(t);
    raw.pause();
    const gone = buffers.gone();
    for (let times = 0; times < 200 && !buffers.isGone(); times++) {
      await raw.writeAll(pings(2000));
      buffers.look();
    }
    await gone;
    expect(buffers.look()).toBeLessThan(limits.socketBufferBytes);
    await othersGoOn();
  });
});
