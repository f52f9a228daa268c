import type { VisitorCommand } from '../../protocol/commands.ts';
import type { FileId } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import { type Answer, type Line, type Pending, Restless } from './restless.ts';
import { signTicket } from './sign-ticket.ts';
import { commandId, newKeys, TestVisitor, type TestVisitorOptions } from './test-visitor.ts';

type Where = Pick<TestVisitorOptions, 'url' | 'origin' | 'site'>;

const messagesPerChat = 15;
const filesEvery = 7;
const request = {
  type: 'request',
  locale: 'en',
  page: { url: 'https://shop.example/', title: 'Shop' },
  name: 'Vera',
} as const;

/** Chats, sends files, answers what is offered, ends and rates the chat, and begins another, for as long as it is let. */
export class RestlessVisitor extends Restless<VisitorCommand> {
  private readonly keys = newKeys();
  private readonly where: Where;
  private visitor: TestVisitor | undefined;
  private session: string | undefined;
  private conversation = '';
  private given = 0;
  /** Uploaded, and still to be sent. */
  private file: FileId | null = null;
  private readonly chosen = new Set<string>();

  constructor(line: Line, where: Where) {
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
    const turn = this.given % (messagesPerChat + 3);
    const isTalk = turn > 0 && turn <= messagesPerChat;
    const choice = isTalk ? this.choose() : null;
    if (choice) return this.asNext(choice);
    // Not counted before the upload is through: after a cut it is this turn again.
    if (isTalk && turn % filesEvery === 0) this.file ??= await this.uploaded();
    this.given++;
    if (turn === 0) return this.asNext(request);
    if (turn === messagesPerChat + 1) return this.asNext({ type: 'end' });
    if (!isTalk) return this.asNext({ type: 'rate', score: 1 + (this.given % limits.scoreMost) });
    const files = this.file ? [this.file] : undefined;
    this.file = null;
    return this.asNext({ type: 'message', text: `${this.given}`, ...(files && { files }) });
  }

  private asNext(command: VisitorCommand): Pending<VisitorCommand> {
    return { id: commandId(), conversation: this.conversation, command };
  }

  private choose(): VisitorCommand | null {
    for (const { body } of this.copies.of(this.conversation)) {
      if (body.type !== 'offered' || this.chosen.has(body.offer)) continue;
      this.chosen.add(body.offer);
      const state = this.copies.state(this.conversation);
      const isOpen =
        state.phase !== 'absent' &&
        state.request.offers.some(({ id, state: is }) => id === body.offer && is === 'open');
      const [first] = body.content.options;
      if (isOpen && first) return { type: 'answer', offer: body.offer, values: [first.value] };
    }
    return null;
  }

  private uploaded(): Promise<FileId | null> {
    const { conversation } = this;
    return this.upload(async (body) => {
      const authorization = `Bearer ${await signTicket(this.visitor as TestVisitor, { conversation })}`;
      const path = `/api/visitor/conversations/${conversation}/files`;
      return fetch(this.where.url + path, { method: 'POST', headers: { authorization }, body });
    });
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
