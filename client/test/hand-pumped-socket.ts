import { createConnection } from '../connection.ts';

/** A WebSocket whose network is the test: nothing opens, arrives or closes until the test says so. */
export class HandPumpedSocket {
  sent: { type: string }[] = [];
  closed = false;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: (() => void) | null = null;

  send(data: string) {
    this.sent.push(JSON.parse(data));
  }
  close() {
    this.closed = true;
  }
  deliver(frame: object) {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
  cut() {
    this.closed = true;
    this.onclose?.();
  }
}

type Frame = { type: string };

/** A started connection, every socket it opened, and everything it told its owner. */
interface Chances {
  random?: () => number;
  hello?: () => Promise<Frame>;
}

export function openConnection({ random = () => 0.5, hello = async () => ({ type: 'hello' }) }: Chances = {}) {
  const sockets: HandPumpedSocket[] = [];
  const frames: Frame[] = [];
  const states: string[] = [];
  const network = new EventTarget();
  globalThis.addEventListener = network.addEventListener.bind(network) as typeof globalThis.addEventListener;
  const connection = createConnection<Frame, Frame>({
    url: 'ws://desk.example',
    hello,
    random,
    onFrame: (frame) => frames.push(frame),
    onState: (state) => states.push(state.kind),
    openSocket() {
      const socket = new HandPumpedSocket();
      sockets.push(socket);
      return socket as unknown as WebSocket;
    },
  });
  connection.start();
  const latest = () => sockets.at(-1) as HandPumpedSocket;
  return {
    connection,
    sockets,
    frames,
    states,
    latest,
    online: () => network.dispatchEvent(new Event('online')),
    offline: () => network.dispatchEvent(new Event('offline')),
    async greet() {
      latest().deliver({ type: 'challenge', version: 1, nonce: 'n', at: 1 });
      await Promise.resolve();
      await Promise.resolve();
      latest().deliver({ type: 'ready' });
    },
  };
}
