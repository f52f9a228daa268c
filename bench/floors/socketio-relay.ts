/** The same relay as a socket.io application would write it: rooms, acknowledgements, WebSocket transport only. */
import { Server } from 'socket.io';

const positions = new Map<string, number>();
const io = new Server(Number(process.env.PORT), { transports: ['websocket'], perMessageDeflate: false });

io.on('connection', (socket) => {
  socket.on('join', (conversations: string[], done: () => void) => {
    socket.join(conversations);
    done();
  });
  socket.on('send', (frame, acknowledge: (ack: object) => void) => {
    const seq = (positions.get(frame.conversation) ?? 0) + 1;
    positions.set(frame.conversation, seq);
    acknowledge({ id: frame.id, conversation: frame.conversation, seq });
    const event = { at: Date.now(), by: { kind: 'visitor' }, command: frame.id, body: frame.command };
    io.to(frame.conversation).emit('event', { conversation: frame.conversation, seq, event });
  });
});
io.httpServer.on('listening', () => process.send?.('ready'));
