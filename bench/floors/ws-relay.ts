/**
 * The floor: what it costs to move a chat's frames over bare `ws` and do nothing else. It reads a message, acknowledges
 * it to its sender, and passes it on to both ends of the conversation, as a desk must; it stores and checks nothing.
 */
import { type WebSocket, WebSocketServer } from 'ws';

const rooms = new Map<string, Set<WebSocket>>();
const positions = new Map<string, number>();
const server = new WebSocketServer({ host: '127.0.0.1', port: Number(process.env.PORT), perMessageDeflate: false });

server.on('connection', (socket) => {
  socket.on('message', (data) => {
    const frame = JSON.parse(data.toString());
    if (frame.type === 'join') return join(socket, frame.conversations);
    const seq = (positions.get(frame.conversation) ?? 0) + 1;
    positions.set(frame.conversation, seq);
    socket.send(JSON.stringify({ type: 'ack', id: frame.id, conversation: frame.conversation, seq }));
    const event = { at: Date.now(), by: { kind: 'visitor' }, command: frame.id, body: frame.command };
    const out = JSON.stringify({ type: 'event', conversation: frame.conversation, seq, event });
    for (const member of rooms.get(frame.conversation) ?? []) member.send(out);
  });
});
server.on('listening', () => process.send?.('ready'));

function join(socket: WebSocket, conversations: string[]) {
  for (const conversation of conversations) {
    const room = rooms.get(conversation) ?? new Set();
    rooms.set(conversation, room.add(socket));
  }
  socket.on('close', () => {
    for (const conversation of conversations) rooms.get(conversation)?.delete(socket);
  });
  socket.send('{"type":"joined"}');
}
