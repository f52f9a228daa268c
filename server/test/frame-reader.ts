import type { WebSocket } from 'ws';

type Frame = { type: string };

/** Keeps what a socket received and lets tests wait for what is still to come. */
export class FrameReader<Incoming extends Frame> {
  readonly frames: Incoming[] = [];
  readonly closed: Promise<{ code: number; reason: string }>;
  private readonly waiting = new Set<() => void>();

  constructor(socket: WebSocket) {
    socket.on('message', (data) => {
      this.frames.push(JSON.parse(data.toString()));
      for (const look of [...this.waiting]) look();
    });
    this.closed = new Promise((resolve) => {
      socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() }));
    });
  }

  /** The first frame that fits, from `from` on; those that came already count. */
  find<Wanted extends Incoming>(fits: (frame: Incoming) => frame is Wanted, from?: number): Promise<Wanted>;
  find(fits: (frame: Incoming) => boolean, from?: number): Promise<Incoming>;
  find(fits: (frame: Incoming) => boolean, from = 0): Promise<Incoming> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const frame = this.frames.slice(from).find(fits);
        if (!frame) return;
        this.waiting.delete(look);
        resolve(frame);
      };
      this.waiting.add(look);
      look();
      this.closed.then(({ code }) => reject(new Error(`The socket closed with ${code}; it received ${this.types()}.`)));
    });
  }

  ofType<Type extends Incoming['type']>(type: Type, from = 0): Promise<Extract<Incoming, { type: Type }>> {
    const fits = (frame: Incoming): frame is Extract<Incoming, { type: Type }> => frame.type === type;
    return this.find(fits, from);
  }

  private types(): string {
    return this.frames.map(({ type }) => type).join(', ') || 'nothing';
  }
}
