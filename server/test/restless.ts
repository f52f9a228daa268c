import type { AgentCommand, VisitorCommand } from '../../protocol/commands.ts';
import type { ConversationEvent } from '../../protocol/entities.ts';
import type { TestAgent } from './test-agent.ts';
import { commandId, newKeys, TestVisitor, type TestVisitorOptions } from './test-visitor.ts';

/** Whether there is a server just now, and how much it has acknowledged. */
export interface Line {
  up: Promise<void>;
  acks: number;
  onAck: () => void;
}

interface Pending<Command> {
  readonly id: string;
  readonly conversation: string;
  readonly command: Command;
}
export interface Acked<Command> extends Pending<Command> {
  readonly seq: number;
}
type Answer = Awaited<ReturnType<TestVisitor['answer']>>;

/** A reader's copies of logs: complains as soon as an event is missing, comes twice, or comes out of order. */
export class Copies {
  readonly logs = new Map<string, ConversationEvent[]>();
  readonly complaints: string[] = [];

  of = (conversation: string): ConversationEvent[] => this.logs.get(conversation) ?? [];
  after = (conversation: string): number => this.of(conversation).length;

  readonly heard = (data: { toString(): string }): void => {
    const frame = JSON.parse(data.toString());
    if (frame.type === 'ready' && frame.conversation) this.begin(frame.conversation);
    for (const opened of openedBy(frame)) this.begin(opened);
    if (frame.type === 'fault' && frame.code !== 'session_refused') this.complaints.push(frame.message);
    if (frame.type !== 'event') return;
    const { conversation, seq, event } = frame;
    if (seq === this.after(conversation) + 1) this.logs.set(conversation, [...this.of(conversation), event]);
    else this.complaints.push(`event ${seq} came after ${this.after(conversation)}`);
  };

  /** From the start, where it is opened; otherwise from where this reader was, since what it heard was committed. */
  private begin({ conversation, after }: { conversation: string; after: number }): void {
    if (after === 0) this.logs.set(conversation, []);
    else if (after !== this.after(conversation)) this.complaints.push(`${after} is not where this reader was`);
  }
}

const openedBy = (frame: {
  type: string;
  conversations?: [];
  open?: never;
}): { conversation: string; after: number }[] =>
  frame.type === 'ready' ? (frame.conversations ?? []) : frame.open ? [frame.open] : [];

/** Gives one command after the other, and again under the same id after every cut, as a real client does. */
abstract class Restless<Command> {
  readonly acked: Acked<Command>[] = [];
  readonly refused: string[] = [];
  readonly copies = new Copies();
  private pending: Pending<Command> | null = null;
  private stopping = false;
  private readonly line: Line;

  constructor(line: Line) {
    this.line = line;
  }

  /** Until `stop`, and then until what was begun is answered. */
  async run(): Promise<void> {
    while (this.isBusy) {
      await this.line.up;
      // A cut is what this is about: the next turn comes back from it.
      await this.stay().catch(() => {});
      this.close();
    }
  }

  stop(): void {
    this.stopping = true;
    if (!this.pending) this.close();
  }

  protected abstract connect(): Promise<void>;
  /** Null where nothing is to be done any more. */
  protected abstract next(): Promise<Pending<Command> | null>;
  protected abstract give(pending: Pending<Command>): Promise<Answer>;
  protected abstract close(): void;

  private get isBusy(): boolean {
    return !this.stopping || this.pending !== null;
  }

  private async stay(): Promise<void> {
    await this.connect();
    while (this.isBusy) {
      this.pending ??= await this.next();
      if (this.pending) await this.settle(this.pending);
    }
  }

  private async settle(pending: Pending<Command>): Promise<void> {
    const answer = await this.give(pending);
    if (answer.type === 'refusal' && answer.retryAfterMs !== undefined) {
      await new Promise((resolve) => setTimeout(resolve, answer.retryAfterMs));
      return;
    }
    this.pending = null;
    if (answer.type === 'refusal') this.refused.push(answer.code);
    else {
      this.acked.push({ ...pending, conversation: answer.conversation, seq: answer.seq });
      this.line.acks++;
      this.line.onAck();
    }
  }
}

const messagesPerChat = 15;
const request = {
  type: 'request',
  locale: 'en',
  page: { url: 'https://shop.example/', title: 'Shop' },
  name: 'Vera',
} as const;

/** Chats, ends the chat, and begins another, for as long as it is let. */
export class RestlessVisitor extends Restless<VisitorCommand> {
  private readonly keys = newKeys();
  private readonly where: Pick<TestVisitorOptions, 'url' | 'origin' | 'site'>;
  private visitor: TestVisitor | undefined;
  private session: string | undefined;
  private conversation = '';
  private given = 0;

  constructor(line: Line, where: Pick<TestVisitorOptions, 'url' | 'origin' | 'site'>) {
    super(line);
    this.where = where;
  }

  protected async connect(): Promise<void> {
    const visitor = new TestVisitor({ ...this.where, keys: await this.keys });
    this.visitor = visitor;
    visitor.socket.on('message', this.copies.heard);
    const { conversation, session } = this;
    const cursor = { conversation, after: this.copies.after(conversation) };
    await visitor.sayHello({ ...(session && { session }), ...(conversation && { cursor: cursor as never }) });
    const answer = await visitor.reader.find(({ type }) => type === 'ready' || type === 'fault');
    // Killed before the first request was committed, the server knows nothing of the session.
    if (answer.type === 'fault' && answer.code === 'session_refused') this.session = undefined;
    if (answer.type !== 'ready') throw new Error('This socket is no good.');
    this.session = answer.session ?? session;
  }

  protected async next(): Promise<Pending<VisitorCommand>> {
    const turn = this.given++ % (messagesPerChat + 2);
    const { conversation } = this;
    if (turn === 0) return { id: commandId(), conversation, command: request };
    if (turn > messagesPerChat) return { id: commandId(), conversation, command: { type: 'end' } };
    return { id: commandId(), conversation, command: { type: 'message', text: `${this.given}` } };
  }

  protected async give({ id, command }: Pending<VisitorCommand>): Promise<Answer> {
    const answer = await (this.visitor as TestVisitor).command(command, id);
    if (answer.type === 'ack') this.conversation = answer.conversation;
    return answer;
  }

  protected close(): void {
    this.visitor?.close();
  }
}

/** Accepts whatever is presented, and talks in each chat it has, to the visitor and among agents. */
export class RestlessAgent extends Restless<AgentCommand> {
  private readonly agent: TestAgent;
  private readonly profile: string;
  private readonly open = new Set<string>();
  private readonly answered = new Set<string>();
  private said = 0;

  constructor(line: Line, agent: TestAgent, profile: string) {
    super(line);
    this.agent = agent;
    this.profile = profile;
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
    await this.agent.beReady(this.profile);
  }

  private follow(frame: { type: string; conversation: string }): void {
    for (const { conversation } of openedBy(frame)) this.open.add(conversation);
    if (frame.type !== 'gone') return;
    this.open.delete(frame.conversation);
    this.answered.delete(frame.conversation);
  }

  protected async next(): Promise<Pending<AgentCommand> | null> {
    const [presented] = this.inStage('presented').filter((conversation) => !this.answered.has(conversation));
    if (presented) {
      this.answered.add(presented);
      return { id: commandId(), conversation: presented, command: { type: 'accept' } };
    }
    const active = this.inStage('accepted');
    const conversation = active[this.said++ % active.length];
    if (!conversation) {
      await this.agent.reader.ofType('event', this.agent.reader.frames.length);
      return null;
    }
    const audience = this.said % 3 === 0 ? 'agents' : 'everyone';
    return { id: commandId(), conversation, command: { type: 'message', text: `agent ${this.said}`, audience } };
  }

  private inStage(stage: 'presented' | 'accepted'): string[] {
    const isTurn = ({ body }: ConversationEvent) => ['presented', 'accepted', 'ended'].includes(body.type);
    return [...this.open].filter((conversation) => this.copies.of(conversation).findLast(isTurn)?.body.type === stage);
  }

  protected give({ id, conversation, command }: Pending<AgentCommand>): Promise<Answer> {
    return this.agent.command(conversation, command, id) as Promise<Answer>;
  }

  protected close(): void {
    this.agent.close();
  }
}
