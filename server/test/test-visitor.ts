import { createHash, randomBytes } from 'node:crypto';
import { WebSocket } from 'ws';
import type { VisitorCommand } from '../../protocol/commands.ts';
import type { ConversationEvent } from '../../protocol/entities.ts';
import type { ToVisitor, VisitorFrame, VisitorHello } from '../../protocol/visitor-frames.ts';
import { FrameReader } from './frame-reader.ts';

export interface TestVisitorOptions {
  readonly url: string;
  readonly origin: string;
  readonly site: string;
  readonly keys?: CryptoKeyPair;
}

type HelloParts = Partial<Omit<VisitorHello, 'type'>> & { vars?: unknown; sign?: Record<string, unknown> | undefined };

export const newKeys = () =>
  crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']) as Promise<CryptoKeyPair>;

/** A visitor's browser on the wire, without the widget: says exactly what a test wants said. */
export class TestVisitor {
  readonly socket: WebSocket;
  readonly reader: FrameReader<ToVisitor>;
  readonly site: string;
  keys: CryptoKeyPair | undefined;
  /** The token of the session, once `ready` named one. */
  session: string | undefined;

  constructor({ url, origin, site, keys }: TestVisitorOptions) {
    this.site = site;
    this.keys = keys;
    this.socket = new WebSocket(`${url.replace('http', 'ws')}/api/visitor/socket?site=${site}`, { origin });
    this.reader = new FrameReader(this.socket);
    this.socket.on('error', () => {});
  }

  /** Answers the challenge; resolves with `ready`. Parts that are given go out as they are. */
  async hello(parts: HelloParts = {}) {
    await this.sayHello(parts);
    const ready = await this.reader.ofType('ready');
    this.session = ready.session ?? parts.session;
    return ready;
  }

  async sayHello({ vars, sign, ...parts }: HelloParts = {}) {
    const proof = parts.proof ?? (await this.prove({ ...parts, vars, sign }));
    this.send({ type: 'hello', version: 1, ...parts, proof });
  }

  async prove({ token, session, vars, sign = {} }: HelloParts): Promise<string> {
    this.keys ??= await newKeys();
    const { nonce, at } = await this.reader.ofType('challenge');
    const { x, y } = await crypto.subtle.exportKey('jwk', this.keys.publicKey);
    const claims = {
      aud: this.site,
      nonce,
      iat: Math.floor(at / 1000),
      ...(typeof token === 'string' && { ath: sha256(token) }),
      ...(session !== undefined && { sth: sha256(session) }),
      vars: vars ?? {},
      ...sign,
    };
    const input = `${encode({ alg: 'ES256', typ: 'balie-proof+jwt', jwk: { kty: 'EC', crv: 'P-256', x, y } })}.${encode(claims)}`;
    const algorithm = { name: 'ECDSA', hash: 'SHA-256' };
    const signature = await crypto.subtle.sign(algorithm, this.keys.privateKey, Buffer.from(input));
    return `${input}.${Buffer.from(signature).toString('base64url')}`;
  }

  /** Proves a new token on the socket that stands. */
  async identify(token: string | null, vars?: unknown) {
    const session = this.session as string;
    const proof = await this.prove({ token, session, vars });
    this.send({ type: 'identify', proof, token });
  }

  send(frame: VisitorFrame | Record<string, unknown>) {
    this.socket.send(JSON.stringify(frame));
  }

  /** Resolves with the answer, whichever it is. */
  command(command: VisitorCommand, id = commandId()) {
    this.send({ type: 'send', id, command });
    return this.answer(id);
  }

  answer(id: string) {
    return this.reader.find(
      (frame): frame is Extract<ToVisitor, { type: 'ack' | 'refusal' }> =>
        (frame.type === 'ack' || frame.type === 'refusal') && frame.id === id,
    );
  }

  request(change: Partial<Extract<VisitorCommand, { type: 'request' }>> = {}) {
    const page = { url: 'https://shop.example/', title: 'Shop' };
    return this.command({
      type: 'request',
      page,
      locale: 'en',
      name: 'Vera',
      email: 'vera@visitor.example',
      ...change,
    });
  }

  say(text: string, id?: string) {
    return this.command({ type: 'message', text }, id);
  }

  /** The event of this kind, when it comes. */
  async event<Type extends ConversationEvent['body']['type']>(type: Type, from = 0) {
    const frame = await this.reader.find(
      (one): one is Extract<ToVisitor, { type: 'event' }> => one.type === 'event' && one.event.body.type === type,
      from,
    );
    return { ...frame, body: frame.event.body as Extract<ConversationEvent['body'], { type: Type }> };
  }

  /** What was said so far, as this reader saw it. */
  get texts(): string[] {
    return this.reader.frames.flatMap((frame) =>
      frame.type === 'event' && frame.event.body.type === 'message' ? [frame.event.body.text] : [],
    );
  }

  close() {
    this.socket.terminate();
  }
}

export const commandId = (): string => randomBytes(16).toString('hex');
const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64url');
