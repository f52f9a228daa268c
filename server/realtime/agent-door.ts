import { type AgentFrame, AgentFrame as agentFrames } from '../../protocol/agent-frames.ts';
import type { Bus } from '../bus/bus.ts';
import type { Desk } from '../desk/desk.ts';
import { isSameSecret } from '../identity/secret-token.ts';
import type { Agent, Store } from '../store/store.ts';
import { AgentSeat } from './agent-seat.ts';
import type { Connection } from './connection.ts';
import { createFrameParser } from './frame-parser.ts';
import type { Hub } from './hub.ts';
import type { Readings } from './readings.ts';
import { type Arrival, answerFrame, createSeatedDoor, type SeatedFrame } from './seated-door.ts';
import { findSignedIn } from './signed-in.ts';
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
  /** From the cookie of the upgrade; who it stands for is looked up when hello is said. */
  readonly token: string | undefined;
  /** The network (`networkOf`). */
  readonly address: string;
}

type Of<Type extends AgentFrame['type']> = Extract<AgentFrame, { type: Type }>;

/** The agents' sockets: what each frame makes the desk do, and what goes back. */
export function createAgentDoor(options: AgentDoorOptions) {
  const { store, desk, now } = options;

  async function hello(
    connection: Connection,
    frame: Of<'hello'>,
    { origin, sit }: Arrival<AgentSeat, Origin>,
  ): Promise<void> {
    const person = await findSignedIn(store, origin.token, now());
    // The cookie alone proves nothing: any page can make a browser send it. Only a page of ours knows this.
    if (!person || !isSameSecret(frame.csrf, person.session.csrf))
      return connection.end('sign_in_expected', 'Sign in again.');
    if (!isVersionKnown(frame.version))
      return connection.end('version_unsupported', 'Reload the console: it and this server do not go together.');
    const { agent } = person;
    if (!connection.isOpen) return;
    const seat = new AgentSeat({ ...options, connection, person, address: origin.address });
    sit(seat);
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

  async function receive(connection: Connection, seat: AgentSeat, frame: SeatedFrame<AgentFrame>): Promise<void> {
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
      case 'statistics':
        return seat.statistics.tell(frame.on);
      case 'watch':
        return seat.floor.watch(frame.conversation, frame.conversation !== null && seat.follows(frame.conversation));
      case 'resume':
        return seat.resume(frame.conversation, frame.after);
      default:
        return frame satisfies never;
    }
  }

  return createSeatedDoor<AgentFrame, AgentSeat, Origin>({
    ...options,
    parse: createFrameParser<AgentFrame>(agentFrames),
    hello,
    receive,
    leave(seat) {
      seat.leave();
      return desk.agentWent(seat.agent, seat.hasSignedOut);
    },
  });
}
