import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

export const opcodes = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

interface FrameParts {
  readonly opcode: number;
  readonly payload?: Uint8Array | string;
  readonly fin?: boolean;
  /** The three reserved bits, as a number. */
  readonly reserved?: number;
  readonly masked?: boolean;
  /** What the head says of the length, whatever follows. */
  readonly announced?: bigint;
}

interface ReadFrame {
  readonly opcode: number;
  readonly payload: Buffer;
}

/** A frame as it goes over the wire (RFC 6455, 5.2), right or wrong. */
export function frameBytes({ opcode, payload = '', fin = true, reserved = 0, masked = true, announced }: FrameParts) {
  const content = Buffer.from(payload as string);
  const length = announced ?? BigInt(content.length);
  const first = (fin ? 0x80 : 0) | (reserved << 4) | opcode;
  const mask = masked ? 0x80 : 0;
  const head: Buffer[] = [Buffer.from([first, mask | (length > 0xffffn ? 127 : length > 125n ? 126 : Number(length))])];
  if (length > 0xffffn) head.push(sized(8, (bytes) => bytes.writeBigUInt64BE(length)));
  else if (length > 125n) head.push(sized(2, (bytes) => bytes.writeUInt16BE(Number(length))));
  if (!masked) return Buffer.concat([...head, content]);
  const key = randomBytes(4);
  return Buffer.concat([...head, key, content.map((byte, index) => byte ^ (key[index % 4] as number))]);
}

export const closeBytes = (code: number, reason: Uint8Array | string = ''): Buffer =>
  frameBytes({
    opcode: opcodes.close,
    payload: Buffer.concat([sized(2, (bytes) => bytes.writeUInt16BE(code)), Buffer.from(reason as string)]),
  });

function sized(size: number, fill: (bytes: Buffer) => unknown): Buffer {
  const bytes = Buffer.alloc(size);
  fill(bytes);
  return bytes;
}

/** A WebSocket without a library: says whatever a test wants said, byte by byte, and reads frames. */
export class RawSocket {
  readonly frames: ReadFrame[] = [];
  /** Resolves when the connection is gone, with the code of the server's close frame (null without one). */
  readonly gone: Promise<number | null>;
  private readonly socket: Socket;
  private unread = Buffer.alloc(0);
  private upgraded = false;
  private look: () => void = () => {};

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.on('error', () => {});
    socket.on('data', (data) => this.read(data));
    this.gone = new Promise((resolve) => {
      socket.on('close', () => {
        this.look();
        resolve(this.closeCode);
      });
    });
  }

  /** Upgraded, and past the server's challenge. */
  static async open(url: string, path: string, origin: string): Promise<RawSocket> {
    const raw = new RawSocket(connect(Number(new URL(url).port), '127.0.0.1'));
    const key = randomBytes(16).toString('base64');
    raw.socket.write(
      `GET ${path} HTTP/1.1\r\nHost: ${new URL(url).host}\r\nOrigin: ${origin}\r\nConnection: Upgrade\r\n` +
        `Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n\r\n`,
    );
    await raw.until(() => raw.frames.length > 0);
    return raw;
  }

  write(...bytes: readonly Uint8Array[]): void {
    this.socket.write(Buffer.concat(bytes));
  }

  /** Resolves when the bytes have left, or the connection is gone. */
  writeAll(bytes: Uint8Array): Promise<unknown> {
    return new Promise((resolve) => this.socket.write(bytes, resolve));
  }

  /** As many writes as there are bytes. */
  async writeSlowly(bytes: Uint8Array): Promise<void> {
    this.socket.setNoDelay(true);
    for (const byte of bytes) await new Promise((resolve) => this.socket.write(Buffer.from([byte]), resolve));
  }

  get texts(): string[] {
    return this.frames.filter(({ opcode }) => opcode === opcodes.text).map(({ payload }) => payload.toString());
  }

  get pongs(): string[] {
    return this.frames.filter(({ opcode }) => opcode === opcodes.pong).map(({ payload }) => payload.toString('latin1'));
  }

  /** Resolves when this holds, and fails when the connection is gone before. */
  until(holds: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      this.look = () => {
        if (holds()) resolve();
        else if (this.socket.closed) reject(new Error(`The connection is gone (${this.closeCode}).`));
      };
      this.look();
    });
  }

  /** Stops reading, so that what the server sends piles up on its side. */
  pause(): void {
    this.socket.pause();
  }

  destroy(): void {
    this.socket.destroy();
  }

  private get closeCode(): number | null {
    const close = this.frames.find(({ opcode }) => opcode === opcodes.close);
    if (!close) return null;
    return close.payload.length < 2 ? 1005 : close.payload.readUInt16BE();
  }

  private read(data: Buffer): void {
    this.unread = Buffer.concat([this.unread, data]);
    if (!this.upgraded) {
      const end = this.unread.indexOf('\r\n\r\n');
      if (end < 0) return;
      this.upgraded = true;
      this.unread = this.unread.subarray(end + 4);
    }
    for (let frame = this.take(); frame; frame = this.take()) this.frames.push(frame);
    // The server waits for our half of the handshake before it lets go.
    if (this.closeCode !== null) this.socket.end();
    this.look();
  }

  private take(): ReadFrame | null {
    const { unread } = this;
    if (unread.length < 2) return null;
    const short = (unread[1] as number) & 0x7f;
    const head = short === 127 ? 10 : short === 126 ? 4 : 2;
    if (unread.length < head) return null;
    const length = short === 127 ? Number(unread.readBigUInt64BE(2)) : short === 126 ? unread.readUInt16BE(2) : short;
    if (unread.length < head + length) return null;
    this.unread = unread.subarray(head + length);
    return { opcode: (unread[0] as number) & 0x0f, payload: unread.subarray(head, head + length) };
  }
}
