import { decodeProtectedHeader, type JWK, jwtVerify } from 'jose';
import { describe, expect, test, vi } from 'vitest';
import type { ConversationId, FileId } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import { initialState } from '../chat-state.ts';
import { fileAddress, signTicket, uploadAddress } from '../file-access.ts';
import { createStore } from '../store.ts';
import type { Screen } from '../ui/screen.ts';

const start = 1_800_000_000_999;
const [c1, c2] = ['c1', 'c2'] as [ConversationId, ConversationId];

async function openFiles() {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);
  let now = start;
  const access = {
    site: 'gloed',
    url: 'wss://desk.example/balie/api/visitor/socket?site=gloed',
    key: { pair: async () => pair },
    serverNow: () => now,
  } as Screen['line']['access'];
  const store = createStore({ ...initialState, conversation: c1 }, () => {});
  const screen = { store, line: { access } } as Screen;
  const address = () => fileAddress(screen, 'f'.repeat(22) as FileId, '/thumbnail');
  const ticket = () => new URL(address() ?? '').searchParams.get('ticket');
  return { access, store, address, ticket, later: (ms: number) => (now += ms) };
}

describe('a ticket to the files of a conversation', () => {
  test('is a JWT by the browser’s key, for this conversation, no longer than the server takes', async () => {
    const { access } = await openFiles();
    const ticket = await signTicket(access, c1);
    const { jwk, ...header } = decodeProtectedHeader(ticket);
    expect(header).toEqual({ alg: 'ES256', typ: 'balie-files+jwt' });
    const iat = Math.floor(start / 1000);
    const { payload } = await jwtVerify(ticket, jwk as JWK, { currentDate: new Date(start) });
    expect(payload).toEqual({ aud: 'gloed', conversation: c1, iat, exp: iat + limits.fileTicketMs / 1000 });
  });

  test('is signed when the first file is shown, and is part of no address before', async () => {
    const { address, store } = await openFiles();
    expect(address()).toBeUndefined();
    await vi.waitUntil(() => store.state.ticket?.token);
    expect(address()).toMatch(
      /^https:\/\/desk\.example\/balie\/files\/f{22}\/thumbnail\?ticket=[\w-]+\.[\w-]+\.[\w-]+$/,
    );
  });

  test('is good until another one is there, which is signed before it is over', async () => {
    const { ticket, address, store, later } = await openFiles();
    address();
    await vi.waitUntil(() => store.state.ticket?.token);
    const first = ticket();
    later(limits.fileTicketMs / 2);
    expect(ticket()).toBe(first);
    later(limits.fileTicketMs / 2 - 1000);
    expect(ticket()).toBe(first);
    await vi.waitUntil(() => ticket() !== first);
  });

  test('of one conversation opens nothing of the next', async () => {
    const { address, store } = await openFiles();
    address();
    await vi.waitUntil(() => store.state.ticket?.token);
    store.set({ conversation: c2 });
    expect(address()).toBeUndefined();
  });
});

test('files are uploaded beside the socket, wherever Balie lies on its host', async () => {
  const { access } = await openFiles();
  expect(uploadAddress(access, c1)).toBe('https://desk.example/balie/api/visitor/conversations/c1/files');
});
