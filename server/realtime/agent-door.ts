import type { Writable } from 'node:stream';
import type { WebSocket } from 'ws';
import { type AgentFrame, AgentFrame as agentFrames } from '../../protocol/agent-frames.ts';
import type { Bus } from '../bus/bus.ts';
import type { Desk } from '../desk/desk.ts';
import { isSameSecret } from '../identity/secret-token.ts';
import type { Agent, Store } from '../store/store.ts';
import { AgentSeat } from './agent-seat.ts';
import { createCommandRate } from './command-rate.ts';
import { Connection, type Door } from './connection.ts';
import { createFrameParser } from './frame-parser.ts';
import type { Hub } from './hub.ts';
import type { Readings } from './readings.ts';
import { findSignedIn } from './signed-in.ts';
import { answerFrame, refuseBusy } from './visitor-door.ts';
import { isVersionKnown } from './visitor-hello.ts';

interface AgentDoorOptions {
  readonly store: Store;
  readonly desk: Desk;
  readonly bus: Bus;
  readonly hub: Hub;
  readonly readings: Readings;
  readonly now: () => number;
  readonly failed: (error: unknown) => void;
}

/** Where a socket comes from. */
interface Origin {
  /** What it writes to. */
  readonly stream: Writable;
  /** From the cookie of the upgrade; who it stands for is looked up when hello is said. */
  readonly token: string | undefined;
  /** The network (`networkOf`). */
  readonly address: string;
}

type Of<Type extends AgentFrame['type']> = Extract<AgentFrame, { type: Type }>;

/** The agents' sockets: what each frame makes the desk do, and what goes back. */
export function createAgentDoor(options: AgentDoorOptions) {
  const { store, desk, hub, now, failed } = options;
  const origins = new WeakMap<Connection, Origin>();
  const seats = new WeakMap<Connection, AgentSeat>();

  async function hello(connection: Connection, frame: Of<'hello'>): Promise<void> {
    const person = await findSignedIn(store, origins.get(connection)?.token, now());
    // The cookie alone proves nothing: any page can make a browser send it. Only a page of ours knows this.
    if (!person || !isSameSecret(frame.csrf, person.session.csrf))
      return connection.end('sign_in_expected', 'Sign in again.');
    if (!isVersionKnown(frame.version))
      return connection.end('version_unsupported', 'Reload the console: it and this server do not go together.');
    const { agent } = person;
    if (!connection.isOpen) return;
    const seat = new AgentSeat({ ...options, connection, person, address: origins.get(connection)?.address ?? null });
    seats.set(connection, seat);
    connection.becomeReady(agent.id);
    connection.goodUntil = person.session.expiresAt;
    const status = await desk.agentCame(agent);
    connection.send({
      type: 'ready',
      at: now(),
      agent: { id: agent.id, name: agent.name },
      role: agent.role,
      organization: (await store.queues.organization(agent.organization))?.name ?? '',
      status,
      profiles: await profilesOf(agent),
      conversations: await seat.reopen(frame.cursors),
    });
    seat.follow();
  }

  async function profilesOf(agent: Agent) {
    const queues = new Map((await store.queues.listOf(agent.organization)).map(({ id, name }) => [id, { id, name }]));
    const profiles = await store.queues.profilesOf(agent.organization);
    return profiles
      .filter(({ id }) => agent.profiles.includes(id))
      .map(({ id, name, queues: ids }) => ({ id, name, queues: ids.flatMap((queue) => queues.get(queue) ?? []) }));
  }

  async function status(connection: Connection, agent: Agent, { type: _, ...change }: Of<'status'>): Promise<void> {
    const outcome = await desk.setStatus(agent, change);
    if (!outcome.ok) connection.fault('malformed', outcome.refusal.message, { field: outcome.refusal.field });
  }

  async function receive(connection: Connection, frame: AgentFrame): Promise<void> {
    const seat = seats.get(connection);
    if (frame.type === 'ping') return connection.send({ type: 'pong' });
    if (frame.type === 'hello') {
      if (seat) return connection.end('malformed', 'Hello was said before.', { field: 'type' });
      return hello(connection, frame);
    }
    if (!seat) return connection.end('hello_expected', 'Say hello first.', { field: 'type' });
    switch (frame.type) {
      case 'send': {
        const answer = await desk.fromAgent(seat.agent, frame.conversation, frame.id, frame.command);
        return connection.send(answerFrame(frame.id, answer, 'agents'));
      }
      case 'status':
        return status(connection, seat.agent, frame);
      case 'typing':
        return seat.follows(frame.conversation)
          ? desk.agentTyping(seat.agent, frame.conversation, frame.on)
          : undefined;
      case 'floor':
        return seat.floor.tell(frame.on);
      case 'watch':
        return seat.floor.watch(frame.conversation, frame.conversation !== null && seat.follows(frame.conversation));
      case 'resume':
        return seat.resume(frame.conversation, frame.after);
      default:
        return frame satisfies never;
    }
  }

  const door: Door<AgentFrame> = {
    parse: createFrameParser<AgentFrame>(agentFrames),
    now,
    takeTurn: createCommandRate(now),
    receive,
    busy: refuseBusy,
    failed,
    closed(connection) {
      hub.remove(connection);
      const seat = seats.get(connection);
      seat?.leave();
      if (seat) desk.agentWent(seat.agent).catch(failed);
    },
  };

  return (socket: WebSocket, origin: Origin): Connection => {
    const connection = new Connection(socket, origin.stream, door as Door<never>);
    origins.set(connection, origin);
    hub.add(connection);
    return connection;
  };
}
