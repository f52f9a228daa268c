import { once } from 'node:events';
import { WebSocket } from 'ws';
import { startServer } from './server-process.ts';
import { localAddress, perAgent, type Subject } from './subject.ts';

export function wsRelaySubject(port: number): Subject {
  const sockets: WebSocket[] = [];

  async function join(index: number, conversations: string[]): Promise<WebSocket> {
    const socket = new WebSocket(`ws://127.0.0.1:${port}`, {
      perMessageDeflate: false,
      localAddress: localAddress(index),
    });
    sockets.push(socket);
    await once(socket, 'open');
    socket.send(JSON.stringify({ type: 'join', conversations }));
    await once(socket, 'message');
    return socket;
  }

  return {
    name: 'bare ws relay',
    start: () => startServer('./floors/ws-relay.ts', port),
    async open(_server, count, onArrival) {
      const ids = Array.from({ length: count }, (_, index) => `conversation-${index}`);
      for (let first = 0; first < count; first += perAgent) {
        const agent = await join(first, ids.slice(first, first + perAgent));
        agent.on('message', (data) => onArrival(JSON.parse(data.toString()).event.body.text));
      }
      return Promise.all(
        ids.map(async (conversation, index) => {
          const socket = await join(index, [conversation]);
          const waiting = new Map<string, () => void>();
          socket.on('message', (data) => {
            const frame = JSON.parse(data.toString());
            if (frame.type === 'ack') settle(waiting, frame.id);
          });
          return {
            send: (mark: string) =>
              new Promise<void>((resolve) => {
                waiting.set(mark, resolve);
                const command = { type: 'message', text: mark, audience: 'everyone' };
                socket.send(JSON.stringify({ type: 'send', id: mark, conversation, command }));
              }),
          };
        }),
      );
    },
    async idle(_server, count) {
      await Promise.all(Array.from({ length: count }, (_, index) => join(index, [`idle-${index}`])));
    },
    async close() {
      for (const socket of sockets) socket.terminate();
    },
  };
}

export function settle(waiting: Map<string, () => void>, id: string) {
  waiting.get(id)?.();
  waiting.delete(id);
}
