import { WebSocket } from 'ws';
import type { AgentFrame, ToAgent } from '../../protocol/agent-frames.ts';
import type { AgentCommand } from '../../protocol/commands.ts';
import type { ConversationEvent } from '../../protocol/entities.ts';
import type { SignedIn } from '../../protocol/http.ts';
import { FrameReader } from './frame-reader.ts';
import { commandId } from './test-visitor.ts';

interface Credentials {
  readonly url: string;
  readonly email: string;
  readonly password: string;
}

/** An agent's browser on the wire: a cookie, and perhaps a socket. */
export class TestAgent {
  readonly url: string;
  readonly cookie: string;
  readonly csrf: string;
  private opened: { socket: WebSocket; reader: FrameReader<ToAgent> } | undefined;

  constructor(url: string, cookie: string, csrf: string) {
    this.url = url;
    this.cookie = cookie;
    this.csrf = csrf;
  }

  static async signIn({ url, email, password }: Credentials): Promise<TestAgent> {
    const answer = await fetch(`${url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: url },
      body: JSON.stringify({ email, password }),
    });
    if (!answer.ok) throw new Error(`Signing in as ${email} gave ${answer.status}: ${await answer.text()}`);
    const [cookie = ''] = (answer.headers.get('set-cookie') ?? '').split(';');
    return new TestAgent(url, cookie, ((await answer.json()) as SignedIn).csrf);
  }

  /** A request of the console's: with cookie, origin and csrf. */
  fetch(path: string, { method = 'GET', body }: { method?: string; body?: unknown } = {}): Promise<Response> {
    const headers = { cookie: this.cookie, origin: this.url, 'x-csrf-token': this.csrf };
    if (body === undefined) return fetch(this.url + path, { method, headers });
    if (body instanceof FormData) return fetch(this.url + path, { method, headers, body });
    const json = { ...headers, 'content-type': 'application/json' };
    return fetch(this.url + path, { method, headers: json, body: JSON.stringify(body) });
  }

  open(headers: Record<string, string> = {}) {
    const socket = new WebSocket(`${this.url.replace('http', 'ws')}/api/agent/socket`, {
      headers: { cookie: this.cookie, origin: this.url, ...headers },
    });
    socket.on('error', () => {});
    this.opened = { socket, reader: new FrameReader(socket) };
    return this.opened;
  }

  async connect(cursors: { conversation: string; after: number }[] = []) {
    this.open();
    await this.reader.ofType('challenge');
    this.send({ type: 'hello', version: 1, csrf: this.csrf, cursors } as AgentFrame);
    return this.reader.ofType('ready');
  }

  get reader(): FrameReader<ToAgent> {
    if (!this.opened) throw new Error('Not connected.');
    return this.opened.reader;
  }

  get socket(): WebSocket {
    if (!this.opened) throw new Error('Not connected.');
    return this.opened.socket;
  }

  send(frame: AgentFrame | Record<string, unknown>) {
    this.socket.send(JSON.stringify(frame));
  }

  async beReady(profile: string) {
    this.send({ type: 'status', state: 'ready', profile });
    await this.reader.find((frame) => frame.type === 'status' && frame.status.state === 'ready');
  }

  command(conversation: string, command: AgentCommand | Record<string, unknown>, id = commandId()) {
    this.send({ type: 'send', id, conversation, command });
    return this.reader.find(
      (frame): frame is Extract<ToAgent, { type: 'ack' | 'refusal' }> =>
        (frame.type === 'ack' || frame.type === 'refusal') && frame.id === id,
    );
  }

  say(conversation: string, text: string, audience: 'everyone' | 'agents' = 'everyone') {
    return this.command(conversation, { type: 'message', text, audience });
  }

  /** Waits for the next request and accepts it. */
  async accept(from = 0): Promise<string> {
    const { open } = await this.reader.ofType('open', from);
    await this.command(open.conversation, { type: 'accept' });
    return open.conversation;
  }

  async event<Type extends ConversationEvent['body']['type']>(type: Type, from = 0) {
    const frame = await this.reader.find(
      (one): one is Extract<ToAgent, { type: 'event' }> => one.type === 'event' && one.event.body.type === type,
      from,
    );
    return { ...frame, body: frame.event.body as Extract<ConversationEvent['body'], { type: Type }> };
  }

  get texts(): string[] {
    return this.reader.frames.flatMap((frame) =>
      frame.type === 'event' && frame.event.body.type === 'message' ? [frame.event.body.text] : [],
    );
  }

  close() {
    this.opened?.socket.terminate();
  }
}
