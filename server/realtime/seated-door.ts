import type { Writable } from 'node:stream';
import type { WebSocket } from 'ws';
import type { AgentFrame } from '../../protocol/agent-frames.ts';
import type { CommandId } from '../../protocol/ids.ts';
import type { VisitorFrame } from '../../protocol/visitor-frames.ts';
import type { Answer } from '../desk/desk.ts';
import { createCommandRate } from './command-rate.ts';
import { Connection, type Door } from './connection.ts';
import type { ParsedFrame } from './frame-parser.ts';
import type { Hub } from './hub.ts';

type Hello<Frame> = Extract<Frame, { type: 'hello' }>;
/** Frames that mean something only once hello was said. */
export type SeatedFrame<Frame> = Exclude<Frame, { type: 'hello' | 'ping' }>;

/** A socket on which hello is being said: where it comes from, and how to let it in. */
export interface Arrival<Seat, Origin> {
  readonly origin: Origin;
  readonly sit: (seat: Seat) => void;
}

interface SeatedDoorOptions<Frame, Seat, Origin> {
  readonly parse: (text: string) => ParsedFrame<Frame>;
  readonly hub: Hub;
  readonly now: () => number;
  readonly failed: (error: unknown) => void;
  /** Ends the socket of whoever may not have a seat. */
  hello(connection: Connection, frame: Hello<Frame>, arrival: Arrival<Seat, Origin>): Promise<void>;
  receive(connection: Connection, seat: Seat, frame: SeatedFrame<Frame>): Promise<void> | void;
  /** Whoever sat there is gone. */
  leave(seat: Seat): Promise<void> | void;
}

/** Sockets on which hello is said once, and first; whoever said it has a seat from then on. */
export function createSeatedDoor<Frame extends VisitorFrame | AgentFrame, Seat, Origin>(
  options: SeatedDoorOptions<Frame, Seat, Origin>,
) {
  const { hub, now, failed } = options;
  const seats = new WeakMap<Connection, Seat>();
  const origins = new WeakMap<Connection, Origin>();

  function hello(connection: Connection, frame: Hello<Frame>): Promise<void> {
    const origin = origins.get(connection) as Origin;
    return options.hello(connection, frame, { origin, sit: (seat) => seats.set(connection, seat) });
  }

  const door: Door<Frame> = {
    parse: options.parse,
    now,
    takeTurn: createCommandRate(now),
    busy: refuseBusy,
    failed,
    receive(connection, frame) {
      const seat = seats.get(connection);
      if (frame.type === 'ping') return connection.send({ type: 'pong' });
      if (frame.type === 'hello') {
        if (seat) return connection.end('malformed', 'Hello was said before.', { field: 'type' });
        return hello(connection, frame as Hello<Frame>);
      }
      if (!seat) return connection.end('hello_expected', 'Say hello first.', { field: 'type' });
      return options.receive(connection, seat, frame as SeatedFrame<Frame>);
    },
    closed(connection) {
      hub.remove(connection);
      const seat = seats.get(connection);
      if (seat) Promise.resolve(options.leave(seat)).catch(failed);
    },
  };

  return (socket: WebSocket, stream: Writable, origin: Origin): Connection => {
    const connection = new Connection(socket, stream, door as Door<never>);
    origins.set(connection, origin);
    hub.add(connection);
    return connection;
  };
}

/** A command is told that it was not carried out; what is no command may be lost. */
function refuseBusy(connection: Connection, frame: VisitorFrame | AgentFrame, retryAfterMs: number): void {
  if (frame.type !== 'send') return;
  const message = 'Too many commands at once; this one was not carried out.';
  connection.send({ type: 'refusal', id: frame.id, code: 'too_many', message, retryAfterMs });
}

export const answerFrame = (id: CommandId, answer: Answer, reader: 'visitor' | 'agents') =>
  answer.ok
    ? { type: 'ack', id, conversation: answer.conversation, seq: reader === 'visitor' ? answer.visitorSeq : answer.seq }
    : { type: 'refusal', id, ...answer.refusal };
