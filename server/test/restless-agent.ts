import type { AgentCommand, OfferDraft } from '../../protocol/commands.ts';
import type { AgentRef } from '../../protocol/entities.ts';
import type { AgentId, OfferId } from '../../protocol/ids.ts';
import type { Conversation } from '../domain/conversation.ts';
import { agentsIn, isWith } from '../domain/decision.ts';
import { askedOf, invitationOf } from '../domain/invitation-rules.ts';
import { type Answer, type Line, openedBy, type Pending, Restless } from './restless.ts';
import type { TestAgent } from './test-agent.ts';
import { commandId } from './test-visitor.ts';

const content: OfferDraft = {
  title: 'When?',
  options: ['a', 'b'].map((value) => ({ value, label: value })),
  least: 1,
  most: 1,
  optional: true,
};

interface Person {
  readonly id: AgentId;
  readonly colleague: AgentId;
  readonly profile: string;
}

/**
 * Accepts whatever is put before them, and talks in each chat they have, to the visitor and among agents; makes offers,
 * sends files, invites the colleague, and leaves chats to them.
 */
export class RestlessAgent extends Restless<AgentCommand> {
  private readonly agent: TestAgent;
  private readonly person: Person;
  private readonly open = new Set<string>();
  /** Every time that something was put before them, by its place in the log. */
  private readonly answered = new Set<string>();
  private done = 0;

  constructor(line: Line, agent: TestAgent, person: Person) {
    super(line);
    this.agent = agent;
    this.person = person;
  }

  protected async connect(): Promise<void> {
    const cursors = Array.from(this.open, (conversation) => ({ conversation, after: this.copies.after(conversation) }));
    this.open.clear();
    this.answered.clear();
    const { socket, reader } = this.agent.open();
    socket.on('message', (data) => {
      this.copies.heard(data);
      this.follow(JSON.parse(data.toString()));
    });
    await reader.ofType('challenge');
    this.agent.send({ type: 'hello', version: 1, csrf: this.agent.csrf, cursors });
    await reader.ofType('ready');
    await this.agent.beReady(this.person.profile);
  }

  private follow(frame: { type: string; conversation: string }): void {
    for (const { conversation } of openedBy(frame)) this.open.add(conversation);
    if (frame.type === 'gone') this.open.delete(frame.conversation);
  }

  protected async next(): Promise<Pending<AgentCommand> | null> {
    const all = Array.from(this.open, (conversation) => ({ conversation, state: this.copies.state(conversation) }));
    for (const { conversation, state } of all) {
      const answer = this.answerTo(conversation, state);
      if (answer) return { id: commandId(), conversation, command: answer };
    }
    const active = all.filter(({ state }) => isWith(state, this.me));
    const turn = active[this.done++ % active.length];
    if (!turn) {
      await this.agent.reader.ofType('event', this.agent.reader.frames.length);
      return null;
    }
    const { conversation, state } = turn;
    return { id: commandId(), conversation, command: this.moveIn(state) ?? (await this.say(conversation)) };
  }

  private get me(): AgentRef {
    return { id: this.person.id, name: '' };
  }

  /** To a request or an invitation that stands before them. */
  private answerTo(conversation: string, state: Conversation): AgentCommand | null {
    const isPresented = state.phase === 'presented' && state.agent.id === this.me.id;
    const isInvited = askedOf(state, this.me) !== null;
    const key = `${conversation} ${state.seq}`;
    if (!(isPresented || isInvited) || this.answered.has(key)) return null;
    this.answered.add(key);
    return { type: isInvited && this.done++ % 4 === 0 ? 'decline' : 'accept' };
  }

  /** Now and then something else than to talk. */
  private moveIn(state: Conversation): AgentCommand | null {
    const { done } = this;
    const { colleague } = this.person;
    if (done % 7 === 0) return { type: 'offer', content };
    if (done % 29 === 0) return withdrawal(state);
    if (done % 13 === 0) return { type: 'classify', note: `noted ${done}` };
    const isAlone = agentsIn(state).length === 1;
    if (done % 5 === 0 && isAlone && !invitationOf(state)) {
      const to = { kind: 'agent', agent: colleague } as const;
      return { type: 'invite', to, note: `come ${done}`, plan: done % 2 === 0 ? 'stay' : 'leave' };
    }
    return done % 3 === 0 && !isAlone ? { type: 'leave' } : null;
  }

  private async say(conversation: string): Promise<AgentCommand> {
    const audience = this.done % 3 === 0 ? 'agents' : 'everyone';
    const path = `/api/conversations/${conversation}/files?audience=${audience}`;
    const file =
      this.done % 9 === 0 ? await this.upload((body) => this.agent.fetch(path, { method: 'POST', body })) : null;
    return { type: 'message', text: `agent ${this.done}`, audience, ...(file && { files: [file] }) };
  }

  protected give({ id, conversation, command }: Pending<AgentCommand>): Promise<Answer> {
    return this.agent.command(conversation, command, id) as Promise<Answer>;
  }

  protected close(): void {
    this.agent.close();
  }
}

function withdrawal(state: Conversation): AgentCommand | null {
  const offers = state.phase === 'absent' ? [] : state.request.offers;
  const open = offers.find((offer) => offer.state === 'open');
  return open ? { type: 'withdraw', offer: open.id as OfferId } : null;
}
