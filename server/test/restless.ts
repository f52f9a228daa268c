import type { ConversationEvent } from '../../protocol/entities.ts';
import type { Uploaded } from '../../protocol/http.ts';
import type { FileId } from '../../protocol/ids.ts';
import { absent, type Conversation } from '../domain/conversation.ts';
import { fold } from '../domain/evolve.ts';
import { formOf } from './open-files.ts';
import type { TestVisitor } from './test-visitor.ts';

/** Whether there is a server just now, and how much it has acknowledged. */
export interface Line {
  up: Promise<void>;
  acks: number;
  onAck: () => void;
}

export interface Pending<Command> {
  readonly id: string;
  readonly conversation: string;
  readonly command: Command;
}
export interface Acked<Command> extends Pending<Command> {
  readonly seq: number;
}
export type Answer = Awaited<ReturnType<TestVisitor['answer']>>;

/** A reader's copies of logs: complains as soon as an event is missing, comes twice, or comes out of order. */
export class Copies {
  readonly logs = new Map<string, ConversationEvent[]>();
  readonly complaints: string[] = [];

  of = (conversation: string): ConversationEvent[] => this.logs.get(conversation) ?? [];
  after = (conversation: string): number => this.of(conversation).length;
  /** As far as this reader has heard. */
  state = (conversation: string): Conversation =>
    fold(
      this.of(conversation).map(({ at, by, command = null, body }, index) => ({
        ...{ seq: index + 1, visitorSeq: null, at, by, command },
        body,
      })),
      absent,
    );

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

export const openedBy = (frame: {
  type: string;
  conversations?: [];
  open?: never;
}): { conversation: string; after: number }[] =>
  frame.type === 'ready' ? (frame.conversations ?? []) : frame.open ? [frame.open] : [];

/** Gives one command after the other, and again under the same id after every cut, as a real client does. */
export abstract class Restless<Command> {
  readonly acked: Acked<Command>[] = [];
  readonly refused: string[] = [];
  /** Uploads that were acknowledged, and what was in them. */
  readonly uploads = new Map<FileId, string>();
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

  /** Null where it is refused; throws where the line is cut, and then nobody knows. */
  protected async upload(send: (form: FormData) => Promise<Response>): Promise<FileId | null> {
    const content = `upload ${Math.random()}`;
    const answer = await send(formOf({ 'note.txt': content }));
    if (!answer.ok) return null;
    const { files } = (await answer.json()) as Uploaded;
    for (const { id } of files) this.uploads.set(id, content);
    return files[0]?.id ?? null;
  }

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
