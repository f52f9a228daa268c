import { once } from 'node:events';
import { io, type Socket } from 'socket.io-client';
import { startServer } from './server-process.ts';
import { perAgent, type Subject } from './subject.ts';

export function socketioSubject(port: number): Subject {
  const sockets: Socket[] = [];

  async function join(conversations: string[]): Promise<Socket> {
    const socket = io(`http://127.0.0.1:${port}`, { transports: ['websocket'], forceNew: true, reconnection: false });
    sockets.push(socket);
    await once(socket as never, 'connect');
    await socket.emitWithAck('join', conversations);
    return socket;
  }

  return {
    name: 'socket.io relay',
    start: () => startServer('./floors/socketio-relay.ts', port),
    async open(_server, count, onArrival) {
      const ids = Array.from({ length: count }, (_, index) => `conversation-${index}`);
      for (let first = 0; first < count; first += perAgent) {
        const agent = await join(ids.slice(first, first + perAgent));
        agent.on('event', (frame) => onArrival(frame.event.body.text));
      }
      return Promise.all(
        ids.map(async (conversation) => {
          const socket = await join([conversation]);
          return {
            async send(mark: string) {
              const command = { type: 'message', text: mark, audience: 'everyone' };
              await socket.emitWithAck('send', { id: mark, conversation, command });
            },
          };
        }),
      );
    },
    async idle(_server, count) {
      await Promise.all(Array.from({ length: count }, (_, index) => join([`idle-${index}`])));
    },
    async close() {
      for (const socket of sockets) socket.disconnect();
    },
  };
}
