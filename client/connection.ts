import { limits } from '../protocol/limits.ts';
import { createBackoff } from './backoff.ts';

/**
 * One lasting connection made of many sockets: opens, answers the server's challenge with a hello, notices when a
 * socket died in silence, and opens the next after a random wait. Knows nothing of conversations.
 */
export interface Connection<Out> {
  start(): void;
  /** Drops the socket and opens another at once, with a fresh hello. */
  restart(): void;
  /** False where nothing was sent because no hello has been answered yet. */
  send(frame: Out): boolean;
  stop(): void;
}

export type ConnectionState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'connected' }
  /** The last socket is gone; another is opened after a while. */
  | { readonly kind: 'waiting' }
  | { readonly kind: 'stopped' };

/** The few frames that a connection acts on itself. */
type Known = Challenge & { type: string; reconnectAfterMs?: unknown; retryAfterMs?: unknown };
type Challenge = { readonly nonce: string; readonly at: number };

export interface ConnectionOptions<In extends { type: string }, Out> {
  readonly url: string;
  /** Called for each socket; a rejection counts as a failed try. */
  readonly hello: (challenge: Challenge) => Promise<Out>;
  readonly onFrame: (frame: In) => void;
  readonly onState: (state: ConnectionState) => void;
  readonly openSocket?: (url: string) => WebSocket;
  readonly random?: () => number;
}

export function createConnection<In extends { type: string }, Out extends { type: string }>(
  options: ConnectionOptions<In, Out>,
): Connection<Out> {
  const {
    url,
    hello,
    onFrame,
    onState,
    openSocket = (address) => new WebSocket(address),
    random = Math.random,
  } = options;
  const backoff = createBackoff(random);
  let socket: WebSocket | null = null;
  let ready = false;
  let running = false;
  let advisedMs: number | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let listening: AbortController | null = null;

  function open() {
    clearTimeout(timer);
    onState({ kind: 'connecting' });
    const current = openSocket(url);
    socket = current;
    ready = false;
    current.onmessage = ({ data }) => current === socket && receive(current, data);
    current.onclose = () => current === socket && lost();
    watch(current, limits.helloTimeoutMs, false);
  }

  function receive(current: WebSocket, data: string) {
    const frame = JSON.parse(data) as In & Known;
    watch(current, limits.quietMs, true);
    if (frame.type === 'challenge') return void answer(current, frame);
    if (frame.type === 'pong') return;
    const advice = frame.reconnectAfterMs ?? (frame.type === 'fault' ? frame.retryAfterMs : undefined);
    if (typeof advice === 'number') advisedMs = advice;
    if (frame.type === 'ready') {
      ready = true;
      backoff.reset();
      onState({ kind: 'connected' });
    }
    onFrame(frame);
  }

  async function answer(current: WebSocket, challenge: Challenge) {
    try {
      const frame = await hello(challenge);
      if (current === socket) current.send(JSON.stringify(frame));
    } catch {
      if (current === socket) drop();
    }
  }

  /** Silence first asks, when there is a hello to build on, and then gives the socket up. */
  function watch(current: WebSocket, forMs: number, ask: boolean) {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (current !== socket) return;
      if (!ask || !ready) return drop();
      current.send('{"type":"ping"}');
      watch(current, limits.pongMs, false);
    }, forMs);
  }

  /** A dead network may keep a closing socket waiting for minutes, so its close is not waited for. */
  function drop() {
    const old = socket;
    lost();
    old?.close();
  }

  function lost() {
    socket = null;
    ready = false;
    clearTimeout(timer);
    if (!running) return;
    const waitMs = advisedMs ?? backoff.next();
    advisedMs = null;
    onState({ kind: 'waiting' });
    timer = setTimeout(open, waitMs);
  }

  /** The network is back, or the page is: no reason to wait out the rest, and every reason to doubt an old socket. */
  function nudge() {
    if (!socket) return open();
    if (ready) {
      socket.send('{"type":"ping"}');
      watch(socket, limits.pongMs, false);
    }
  }

  return {
    start() {
      if (running) return;
      running = true;
      listening = new AbortController();
      addEventListener('online', nudge, listening);
      // Sooner than silence would tell; whoever writes now should know.
      addEventListener('offline', () => socket && drop(), listening);
      open();
    },
    restart() {
      if (!running) return;
      const old = socket;
      socket = null;
      backoff.reset();
      old?.close();
      open();
    },
    send(frame) {
      if (!ready || !socket) return false;
      socket.send(JSON.stringify(frame));
      return true;
    },
    stop() {
      running = false;
      listening?.abort();
      clearTimeout(timer);
      const old = socket;
      socket = null;
      ready = false;
      old?.close(1000);
      onState({ kind: 'stopped' });
    },
  };
}
