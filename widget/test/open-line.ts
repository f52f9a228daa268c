import { onTestFinished, vi } from 'vitest';
import type { EventBody } from '../../protocol/entities.ts';
import { initialState } from '../chat-state.ts';
import { createStore } from '../store.ts';
import { createVisitorLine } from '../visitor-line.ts';
import { createFakeBrowser, type FakeBrowser } from './fake-browser.ts';

export const session = 's'.repeat(43);
export const anna = { id: 'anna', name: 'Anna' };
export const requested = {
  type: 'requested',
  queue: { id: 'q', name: 'Support' },
  page: { url: '', title: '' },
  locale: 'en',
};
export const accepted = { type: 'accepted', agent: anna };
export const said = (text: string) => ({ type: 'message', text, audience: 'everyone' });
export const answers = { name: 'Vera', email: 'vera@mail.example' };
export const at = 1_800_000_000_000;

/** A visitor on a page of this browser, and the desk at the other end of the socket. */
export function openLine(browser: FakeBrowser = createFakeBrowser(), tab: Record<string, string> = {}) {
  const page = browser.openPage(tab);
  const life = new AbortController();
  onTestFinished(() => {
    life.abort();
    vi.unstubAllGlobals();
  });
  vi.spyOn(console, 'warn').mockImplementation(() => {});
  const store = createStore(initialState, () => {});
  const told: [string, object][] = [];
  const line = createVisitorLine({
    site: 'gloed',
    queue: undefined,
    locale: 'en',
    url: 'wss://desk.example',
    store,
    signal: life.signal,
    emit: (name, detail) => void told.push([name, detail]),
  });

  let conversation = 'c1';
  let seq = 0;
  const sent = (type: string) => vi.waitUntil(() => page.latest()?.of(type).at(-1));
  const deliver = (frame: object) => page.latest().deliver(frame);
  const desk = {
    page,
    sent,
    deliver,
    async hello(): Promise<Record<string, unknown>> {
      await vi.waitUntil(() => page.sockets.length > 0);
      deliver({ type: 'challenge', version: 1, nonce: 'n'.repeat(22), at });
      return sent('hello');
    },
    /** Answers the hello. */
    ready: (more: object = {}) =>
      deliver({
        type: 'ready',
        at,
        identity: { state: 'anonymous' },
        site: { name: 'Gloed', ask: ['name', 'email'] },
        conversation: null,
        ...more,
      }),
    event(body: object, by: object = { kind: 'visitor' }, command?: unknown) {
      deliver({ type: 'event', conversation, seq: ++seq, event: { at: at + seq, by, body, command } });
    },
    agent: (body: object) => desk.event(body, { kind: 'agent', agent: anna }),
    async greet(more: object = { session }) {
      const hello = await desk.hello();
      desk.ready(more);
      return hello;
    },
    /** Carries out the visitor's request for a chat. */
    async take() {
      const { id } = await sent('send');
      desk.event(requested, undefined, id);
      deliver({ type: 'ack', id, conversation, seq });
    },
    begin(other: string) {
      conversation = other;
      seq = 0;
    },
  };
  return { browser, page, life, store, told, line, desk };
}

/** Up to an agent who has accepted. */
export async function chatting(browser?: FakeBrowser) {
  const visitor = openLine(browser);
  visitor.line.show(true);
  await visitor.desk.greet();
  visitor.line.request(answers);
  await visitor.desk.take();
  await vi.waitUntil(() => visitor.browser.kept['balie:gloed']);
  visitor.desk.agent(accepted);
  return visitor;
}

export const bodiesOf = ({ events }: { events: readonly { event: { body: EventBody } }[] }) =>
  events.map(({ event }) => event.body.type);
