import { randomBytes } from 'node:crypto';
import type { Writable } from 'node:stream';
import type { RawData, WebSocket } from 'ws';
import type { FaultCode } from '../../protocol/codes.ts';
import { closeCodes } from '../../protocol/codes.ts';
import { limits } from '../../protocol/limits.ts';
import { beat } from '../beat/beat.ts';
import type { Turn } from './command-rate.ts';
import type { ParsedFrame } from './frame-parser.ts';
import { createInbox } from './inbox.ts';
import { Parcel } from './parcel.ts';

/** What a door does with its sockets. One object serves them all. */
export interface Door<Frame> {
  readonly parse: (text: string) => ParsedFrame<Frame>;
  readonly now: () => number;
  readonly takeTurn: (sender: string) => Turn;
  /** A frame that came when its sender had used up its turns: it is not carried out. */
  busy(connection: Connection, frame: Frame, retryAfterMs: number): void;
  /** Frames of one socket are handed over one after the other. A rejection ends the socket and is reported. */
  receive(connection: Connection, frame: Frame): Promise<void> | void;
  closed(connection: Connection): void;
  failed(error: unknown): void;
}

interface FaultDetails {
  readonly field?: string | undefined;
  readonly retryAfterMs?: number;
}

/** Frames that may wait for the one before; more than anybody has turns for. */
const maxPending = 2 * limits.commandBurst;
/** So much unsent that reading on from the log can wait: the reader has enough to take. */
const crowdedBytes = limits.socketBufferBytes / 4;

const inbox = createInbox(beat);

/**
 * One socket: challenges it, reads it frame by frame, and writes to it within a bounded buffer. Has no timer of its own
 * but the one that waits for the hello.
 */
export class Connection {
  readonly nonce = randomBytes(16).toString('base64url');
  readonly challengedAt: number;
  heardAt: number;
  /** Until when whoever speaks may; the hub looks. */
  goodUntil = Number.POSITIVE_INFINITY;
  private readonly socket: WebSocket;
  private readonly parcel: Parcel;
  private readonly door: Door<never>;
  /** Whose turns its frames use up; null until its hello is good. */
  private sender: string | null = null;
  /** Hears nothing more. */
  private deaf = false;
  /** By us: nothing is carried out any more. Who goes by themselves wants done what they sent before. */
  private ended = false;
  private helloTimer: NodeJS.Timeout | undefined;
  private tail: Promise<void> = Promise.resolve();
  private pending = 0;

  /** @param stream what the socket writes to */
  constructor(socket: WebSocket, stream: Writable, door: Door<never>) {
    this.socket = socket;
    this.parcel = new Parcel(stream);
    this.door = door;
    this.challengedAt = this.heardAt = door.now();
    socket.on('message', (data, isBinary) => this.heard(data, isBinary));
    socket.on('pong', () => this.stillThere());
    socket.on('close', () => this.closed());
    // A broken frame closes the socket with the code that `ws` found for it; there is nothing to add.
    socket.on('error', () => {});
    this.helloTimer = setTimeout(() => this.end('hello_timeout', 'Say hello first.'), limits.helloTimeoutMs);
    this.send({ type: 'challenge', version: limits.protocolVersion, nonce: this.nonce, at: this.challengedAt });
  }

  get isOpen(): boolean {
    return this.socket.readyState === this.socket.OPEN;
  }

  get isCrowded(): boolean {
    return this.isOpen && this.unsentBytes > crowdedBytes;
  }

  send(frame: object): void {
    this.sendText(JSON.stringify(frame));
  }

  /** A reader who takes nothing must not fill our memory: beyond the bound the socket ends, and the reader resumes. */
  sendText(text: string): void {
    if (!this.isOpen) return;
    if (this.unsentBytes + text.length > limits.socketBufferBytes) this.cut();
    else this.parcel.add(text);
  }

  /** Resolves when what was sent so far has left the process, or never will. */
  flushed(): Promise<void> {
    return new Promise((resolve) => {
      if (!this.isOpen) return resolve();
      this.parcel.send();
      this.socket.ping(undefined, undefined, () => resolve());
    });
  }

  /** Tells what is wrong and goes on. */
  fault(code: FaultCode, message: string, details: FaultDetails = {}): void {
    this.send({ type: 'fault', code, message, ...details });
  }

  /** Tells what is wrong and closes. */
  end(code: FaultCode, message: string, details?: FaultDetails): void {
    this.fault(code, message, details);
    this.close(closeCodeOf[code], code);
  }

  /** Takes nothing more, and closes when what was taken is answered. */
  retire(code: FaultCode, message: string, details?: FaultDetails): void {
    if (this.deaf) return;
    this.deaf = true;
    this.afterwards(() => this.end(code, message, details));
  }

  ping(): void {
    if (this.isOpen) this.socket.ping();
  }

  terminate(): void {
    this.socket.terminate();
  }

  /** Its hello is good. */
  becomeReady(sender: string): void {
    clearTimeout(this.helloTimer);
    this.helloTimer = undefined;
    this.sender = sender;
  }

  private heard(data: RawData, isBinary: boolean): void {
    this.stillThere();
    if (!this.isOpen || this.deaf) return;
    if (isBinary) this.close(1003, 'text only');
    else if (this.pending >= maxPending) this.retire('too_many', 'Wait for answers before you send more.');
    else {
      this.pending++;
      inbox(() => {
        this.pending--;
        if (!this.ended) this.take(this.door.parse(data.toString()));
      });
    }
  }

  private take(parsed: ParsedFrame<never>): void {
    if (this.sender === null) {
      if (parsed.ok) this.queue(parsed.frame);
      else this.end(parsed.code, parsed.message, { field: parsed.field });
      return;
    }
    const turn = this.door.takeTurn(this.sender);
    if (turn.kind === 'go') {
      if (parsed.ok) this.queue(parsed.frame);
      else this.fault(parsed.code, parsed.message, { field: parsed.field });
      return;
    }
    const { retryAfterMs } = turn;
    if (parsed.ok) this.door.busy(this, parsed.frame, retryAfterMs);
    if (turn.kind === 'flood') this.retire('too_many', 'Too many commands; slow down.', { retryAfterMs });
  }

  private queue(frame: never): void {
    this.pending++;
    this.tail = this.tail.then(() => this.handle(frame));
  }

  private async handle(frame: never): Promise<void> {
    this.pending--;
    if (this.ended) return;
    try {
      await this.door.receive(this, frame);
    } catch (error) {
      this.door.failed(error);
      this.end('internal', 'Something went wrong here; come back and nothing is lost.');
    }
  }

  private get unsentBytes(): number {
    return this.socket.bufferedAmount + this.parcel.bytes;
  }

  private stillThere(): void {
    this.heardAt = this.door.now();
  }

  private closed(): void {
    clearTimeout(this.helloTimer);
    this.afterwards(() => this.door.closed(this));
  }

  /** When all that was heard so far has been dealt with. */
  private afterwards(act: () => void): void {
    inbox(() => {
      this.tail = this.tail.then(act);
    });
  }

  private close(code: number, reason: string): void {
    this.ended = true;
    this.parcel.send();
    this.socket.close(code, reason);
  }

  /** Past the bound by these two small frames; a reader who takes not even them is cut off by the close timeout. */
  private cut(): void {
    this.parcel.add(JSON.stringify({ type: 'fault', code: 'too_slow', message: 'Read faster, or resume.' }));
    this.close(closeCodes.timeout, 'too_slow');
  }
}

/** Which close code says what a fault says. */
const closeCodeOf: Record<FaultCode, number> = {
  malformed: closeCodes.malformed,
  unknown_frame: closeCodes.malformed,
  hello_expected: closeCodes.malformed,
  version_unsupported: closeCodes.upgradeRequired,
  hello_timeout: closeCodes.timeout,
  proof_refused: closeCodes.unauthorized,
  session_refused: closeCodes.unauthorized,
  subject_changed: closeCodes.unauthorized,
  signed_out: closeCodes.unauthorized,
  sign_in_expected: closeCodes.unauthorized,
  site_unknown: closeCodes.notFound,
  too_many: closeCodes.tooMany,
  too_slow: closeCodes.timeout,
  restarting: closeCodes.restarting,
  internal: closeCodes.tryLater,
};
