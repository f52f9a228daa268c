import { randomBytes } from 'node:crypto';
import { WebSocket } from 'ws';
import type { ToAgent } from '../protocol/agent-frames.ts';
import type { AgentSeat } from './seed-desk.ts';

interface AgentOptions {
  readonly origin: string;
  readonly seat: AgentSeat;
  readonly onText: (text: string) => void;
}

/** An agent on the wire: ready from the start, accepts whatever is presented, reads everything. */
export async function openAgent({ origin, seat, onText }: AgentOptions) {
  const ready = Promise.withResolvers<void>();
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/api/agent/socket`, {
    origin,
    perMessageDeflate: false,
    headers: { cookie: seat.cookie },
  });
  const send = (frame: object) => socket.send(JSON.stringify(frame));
  socket.on('error', ready.reject);
  socket.on('message', (data) => {
    const frame = JSON.parse(data.toString()) as ToAgent;
    switch (frame.type) {
      case 'challenge':
        return send({ type: 'hello', version: 1, csrf: seat.csrf, cursors: [] });
      case 'ready':
        return send({ type: 'status', state: 'ready', profile: seat.profile });
      case 'status':
        if (frame.status.state === 'ready') ready.resolve();
        return;
      case 'open': {
        const { conversation } = frame.open;
        return send({ type: 'send', id: randomBytes(16).toString('hex'), conversation, command: { type: 'accept' } });
      }
      case 'event':
        if (frame.event.body.type === 'message') onText(frame.event.body.text);
        return;
      case 'fault':
        throw new Error(`${frame.code}: ${frame.message}`);
    }
  });
  await ready.promise;
  return { close: () => socket.terminate() };
}
