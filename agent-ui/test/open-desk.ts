import { vi } from 'vitest';
import type { AgentFrame, AgentReady, OpenConversation, ToAgent } from '../../protocol/agent-frames.ts';
import type { Actor, EventBody } from '../../protocol/entities.ts';
import type { AgentId, CommandId, ConversationId, ProfileId, QueueId, SiteId } from '../../protocol/ids.ts';
import { Desk } from '../state/desk.ts';
import type { DeskApi } from '../state/desk-api.ts';
import type { DeskOptions } from '../state/desk-options.ts';
import { createKeptMessages } from '../state/kept-messages.ts';
import type { News } from '../state/news.ts';

export const anna = { id: 'anna' as AgentId, name: 'Anna' };
export const bram = { id: 'bram' as AgentId, name: 'Bram' };
export const support = { id: 'support' as QueueId, name: 'Support' };
export const everything = { id: 'everything' as ProfileId, name: 'Everything', queues: [support] };
export const page = { url: 'https://shop.example/checkout', title: 'Checkout' };
export const byVisitor: Actor = { kind: 'visitor' };
export const byAnna: Actor = { kind: 'agent', agent: anna };
export const byBram: Actor = { kind: 'agent', agent: bram };
const bySystem: Actor = { kind: 'system' };

export const requested: EventBody = { type: 'requested', queue: support, page, locale: 'en' };
export const accepted: EventBody = { type: 'accepted', agent: anna };
export const message = (text: string): EventBody => ({ type: 'message', text, audience: 'everyone' });
export const presented = (agent = anna, forMs = 30_000): EventBody => ({
  type: 'presented',
  agent,
  until: Date.now() + forMs,
});

export function verified(variables: Record<string, string>, forMs = 300_000): EventBody {
  const now = Date.now();
  return {
    type: 'verified',
    verification: {
      subject: 'u1',
      issuer: 'shop',
      keyId: 'key-1',
      verifiedAt: now,
      expiresAt: now + forMs,
      bound: true,
    },
    variables: Object.entries(variables).map(([name, value]) => ({ name, value, verified: true })),
  };
}

export const claimed = (variables: Record<string, string>, source: 'page' | 'form' = 'form'): EventBody => ({
  type: 'claimed',
  variables: Object.entries(variables).map(([name, value]) => ({ name, value, verified: false, source })),
});

/** The server's end of one conversation, numbered as the log is. */
interface ServerLog {
  readonly id: ConversationId;
  /** Puts the next event into the log and sends it. */
  happen(body: EventBody, by?: Actor, command?: CommandId): void;
  /** Puts it into the log and loses it on the way. */
  lose(body: EventBody, by?: Actor): void;
  sendAgain(after: number): void;
}

/** A signed-in desk whose server and clock are the test. The clocks of both stand a minute apart. */
export async function openDesk(options: Partial<DeskOptions> = {}, firstReady: Partial<AgentReady> = {}) {
  vi.useFakeTimers({ now: 1_000_000 });
  vi.stubGlobal('addEventListener', () => {});
  const sent: AgentFrame[] = [];
  const news: News[] = [];
  const look = { isWatched: true };
  const calls: string[] = [];
  const storage = createStorage();
  let socket: FakeSocket;

  const api: DeskApi = {
    session: async () => ({ agent: anna, role: 'agent', csrf: 'c' }),
    signIn: async () => 'failed',
    async signOut(csrf) {
      calls.push(`sign out with ${csrf}`);
      return true;
    },
    earlier: async () => [],
    presets: async () => null,
    colleagues: async () => null,
    savedOffers: async () => null,
    saveOffer: async () => true,
    events: async () => ({ events: [], next: null }),
  };
  const desk = new Desk({
    api,
    socketUrl: 'ws://desk.example',
    openSocket() {
      socket = new FakeSocket(sent);
      return socket as unknown as WebSocket;
    },
    now: () => Date.now() - 60_000,
    isWatched: () => look.isWatched,
    onNews: (item) => news.push(item),
    kept: createKeptMessages(() => storage),
    storage: () => storage,
    profile: { get: () => null, set: () => {} },
    ...options,
  });

  const deliver = (frame: ToAgent) => socket.deliver(frame);
  async function connect(ready: Partial<AgentReady> = {}) {
    deliver({ type: 'challenge', version: 1, nonce: 'n', at: Date.now() });
    await vi.advanceTimersByTimeAsync(0);
    deliver({
      type: 'ready',
      at: Date.now(),
      agent: anna,
      role: 'agent',
      organization: 'Shop',
      status: { state: 'ready', since: 0, profile: everything.id },
      profiles: [everything],
      conversations: [],
      ...ready,
    });
  }

  function log(name: string, open: Partial<OpenConversation> = {}): ServerLog {
    const id = name as ConversationId;
    const events: Extract<ToAgent, { type: 'event' }>[] = [];
    const next = (body: EventBody, by: Actor, command?: CommandId) => {
      const event = { at: Date.now(), by, body, ...(command && { command }) };
      const frame = { type: 'event' as const, conversation: id, seq: events.length + 1, event };
      events.push(frame);
      return frame;
    };
    deliver({ type: 'open', open: opening(id, open) });
    return {
      id,
      happen: (body, by = bySystem, command) => deliver(next(body, by, command)),
      lose: (body, by = bySystem) => void next(body, by),
      sendAgain: (after) => events.slice(after).forEach(deliver),
    };
  }

  /** A chat that Anna accepted. */
  function chatting(name: string) {
    const chat = log(name);
    chat.happen(requested, byVisitor);
    chat.happen(presented());
    chat.happen(accepted, byAnna);
    return chat;
  }

  await desk.open();
  await connect(firstReady);
  return {
    desk,
    api,
    sent,
    news,
    calls,
    storage,
    look,
    deliver,
    connect,
    log,
    chatting,
    cut: () => socket.cut(),
    get state() {
      return desk.store.get();
    },
    chat: (id: string) => desk.store.get().chats.find((chat) => chat.id === id),
    commands: () => sent.flatMap((frame) => (frame.type === 'send' ? [frame] : [])),
  };
}

export const opening = (id: ConversationId, open: Partial<OpenConversation> = {}): OpenConversation => ({
  conversation: id,
  site: { id: 'shop' as SiteId, name: 'Shop' },
  labels: {},
  connected: true,
  seen: 0,
  after: 0,
  closing: null,
  ...open,
});

export function createStorage(items = new Map<string, string>()) {
  return {
    items,
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  };
}

class FakeSocket {
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: (() => void) | null = null;
  readonly #sent: AgentFrame[];

  constructor(sent: AgentFrame[]) {
    this.#sent = sent;
  }
  send(data: string) {
    this.#sent.push(JSON.parse(data));
  }
  close() {}
  deliver(frame: ToAgent) {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
  cut() {
    this.onclose?.();
  }
}
