import type { Entry as Sending } from '../../client/outbox.ts';
import type { Numbered } from '../../client/timeline.ts';
import type { RefusalCode } from '../../protocol/codes.ts';
import type { AgentCommand } from '../../protocol/commands.ts';
import type { Actor, AgentRef, EventBody, FileRef, Page } from '../../protocol/entities.ts';
import type { AgentId, CommandId } from '../../protocol/ids.ts';
import type { EndReason } from './chat.ts';
import { chosenLabels, type OfferView, offersIn } from './offers.ts';

/** One thing to show in a conversation, top to bottom. */
export type Entry = { readonly key: string; readonly at: number } & (
  | { readonly kind: 'day' }
  | { readonly kind: 'line'; readonly line: Line }
  | { readonly kind: 'offer'; readonly offer: OfferView }
  | MessageEntry
);

export type Side = 'visitor' | 'me' | 'colleague';

export interface MessageEntry {
  readonly kind: 'message';
  readonly side: Side;
  /** The colleague's name; empty for the visitor, who is named by the chat, and for oneself. */
  readonly author: string;
  readonly text: string;
  readonly files: readonly FileRef[];
  readonly delivery: Delivery | null;
  /** For agents alone. */
  readonly isPrivate: boolean;
  /** First and last of those that one person said within one minute. */
  readonly first: boolean;
  readonly last: boolean;
}

/** Of one's own messages. */
export type Delivery =
  | { readonly kind: 'sending' }
  | { readonly kind: 'sent' }
  | { readonly kind: 'read' }
  | { readonly kind: 'failed'; readonly id: CommandId; readonly code: RefusalCode };

type Who = { readonly agent: string; readonly mine: boolean };

export type UninvitedReason = Extract<EventBody, { type: 'uninvited' }>['reason'];

/** What happened, in a form that words can be chosen for. */
export type Line =
  | ({ readonly kind: 'accepted' | 'declined' | 'lapsed' | 'left' | 'lost' | 'moved' | 'joined' } & Who)
  | { readonly kind: 'requeued'; readonly queue: string; readonly agent: string }
  | ({ readonly kind: 'invited'; readonly to: string; readonly note: string } & Who)
  | { readonly kind: 'uninvited'; readonly reason: Exclude<UninvitedReason, 'ended'> }
  /** No choice is "none of these". */
  | { readonly kind: 'answered'; readonly title: string; readonly choice: readonly string[] }
  | { readonly kind: 'classified'; readonly category: string; readonly note: string }
  | { readonly kind: 'rated'; readonly score: number; readonly comment: string }
  | { readonly kind: 'requested'; readonly queue: string }
  /** By the visitor, or by the settings of the site. */
  | { readonly kind: 'transcript'; readonly isAsked: boolean }
  | { readonly kind: 'confirmed' }
  | { readonly kind: 'visited'; readonly page: string }
  | { readonly kind: 'verified' }
  /** `isLoss`: until then something was verified. */
  | { readonly kind: 'unverified'; readonly check: string; readonly isLoss: boolean }
  | ({ readonly kind: 'ended'; readonly reason: EndReason } & Who);

interface Reading {
  readonly events: readonly Numbered[];
  readonly me: AgentId;
  /** The visitor has seen events up to this number. */
  readonly seen: number;
  /** Of this conversation, in the order they were given. */
  readonly sending?: readonly Sending<AgentCommand>[];
  readonly now: number;
}

export function entriesOf({ events, me, seen, sending = [], now }: Reading): Entry[] {
  const arrived = new Set(events.map(({ event }) => event.command));
  const offers = offersIn(events);
  const lines = createLines(me, offers);
  const entries = events.flatMap((numbered) => {
    const { seq, event } = numbered;
    if (event.body.type === 'message') return messageOf(numbered, me, seen) ?? [];
    const offer = event.body.type === 'offered' ? offers.get(event.body.offer) : undefined;
    if (offer) return { key: `e${seq}`, at: event.at, kind: 'offer' as const, offer };
    const line = lines(event.body, event.by);
    return line ? { key: `e${seq}`, at: event.at, kind: 'line' as const, line } : [];
  });
  const waiting = sending.filter(({ id }) => !arrived.has(id)).flatMap((entry) => sendingOf(entry, now) ?? []);
  return withDays(grouped([...entries, ...waiting]));
}

function messageOf({ seq, event }: Numbered, me: AgentId, seen: number): Entry | null {
  const { body, by, at, command } = event;
  if (body.type !== 'message' || by.kind === 'system') return null;
  const side: Side = by.kind === 'visitor' ? 'visitor' : by.agent.id === me ? 'me' : 'colleague';
  const isPrivate = body.audience === 'agents';
  const delivery: Delivery | null = side === 'me' ? { kind: seq <= seen && !isPrivate ? 'read' : 'sent' } : null;
  const author = by.kind === 'agent' && side === 'colleague' ? by.agent.name : '';
  // Under its command's id a message keeps its place in the page when it turns from sending to sent.
  const key = command ?? `e${seq}`;
  return {
    key,
    at,
    kind: 'message',
    side,
    author,
    text: body.text,
    files: body.files ?? [],
    delivery,
    isPrivate,
    first: true,
    last: true,
  };
}

function sendingOf({ id, command, refused }: Sending<AgentCommand>, now: number): Entry | null {
  if (command.type !== 'message') return null;
  const delivery: Delivery = refused ? { kind: 'failed', id, code: refused } : { kind: 'sending' };
  const isPrivate = command.audience === 'agents';
  const own = {
    side: 'me',
    author: '',
    text: command.text,
    files: [],
    delivery,
    isPrivate,
    first: true,
    last: true,
  } as const;
  return { key: id, at: now, kind: 'message', ...own };
}

/** A token is renewed every few minutes; a line is worth drawing only where that changed what is verified. */
function createLines(me: AgentId, offers: ReturnType<typeof offersIn>) {
  let state: 'unknown' | 'verified' | 'unverified' = 'unknown';
  let title = '';
  /** Its title, unless the page before had the same one, as in an app that never changes it. */
  const wordsFor = (page: Page) => {
    const isNew = page.title !== '' && page.title !== title;
    title = page.title;
    return isNew ? page.title : page.url;
  };
  const who = (agent: AgentRef): Who => ({ agent: agent.name, mine: agent.id === me });
  return (body: EventBody, by: Actor): Line | null => {
    const before = state;
    if (body.type === 'verified' || body.type === 'unverified') state = body.type;
    switch (body.type) {
      case 'requested':
        title = body.page.title;
        return { kind: 'requested', queue: body.queue.name };
      case 'visited':
        return { kind: 'visited', page: wordsFor(body.page) };
      case 'accepted':
      case 'declined':
      case 'lapsed':
      case 'joined':
        return { kind: body.type, ...who(body.agent) };
      case 'left':
        return { kind: body.reason, ...who(body.agent) };
      case 'moved':
        return { kind: 'requeued', queue: body.queue.name, agent: by.kind === 'agent' ? by.agent.name : '' };
      case 'invited': {
        const to = body.to.kind === 'agent' ? body.to.agent.name : body.to.queue.name;
        return { kind: 'invited', to, note: body.note, ...who(body.by) };
      }
      case 'uninvited':
        // What ended the chat says so itself.
        return body.reason === 'ended' ? null : { kind: 'uninvited', reason: body.reason };
      case 'answered': {
        const content = offers.get(body.offer)?.content;
        return content ? { kind: 'answered', title: content.title, choice: chosenLabels(content, body.values) } : null;
      }
      case 'classified':
        return { kind: 'classified', category: body.category ?? '', note: body.note ?? '' };
      case 'rated':
        return { kind: 'rated', score: body.score, comment: body.comment ?? '' };
      case 'verified':
        return before === 'unverified' ? { kind: 'verified' } : null;
      case 'unverified':
        return { kind: 'unverified', check: body.check, isLoss: before === 'verified' };
      case 'ended':
        return { kind: 'ended', reason: body.reason, ...(by.kind === 'agent' ? who(by.agent) : nobody) };
      case 'transcript':
        return { kind: body.type, isAsked: by.kind === 'visitor' };
      case 'confirmed':
        return { kind: body.type };
      case 'message':
      case 'claimed':
      case 'presented':
      case 'returned':
      case 'offered':
      case 'withdrawn':
      case 'asked':
      case 'unanswered':
        return null;
      default:
        return body satisfies never;
    }
  };
}

const nobody: Who = { agent: '', mine: false };

const minuteOf = (at: number) => Math.floor(at / 60_000);

function belongTogether(one: Entry | undefined, other: Entry | undefined): boolean {
  if (one?.kind !== 'message' || other?.kind !== 'message') return false;
  if (one.isPrivate !== other.isPrivate) return false;
  return one.side === other.side && one.author === other.author && minuteOf(one.at) === minuteOf(other.at);
}

function grouped(entries: Entry[]): Entry[] {
  return entries.map((entry, index) => {
    if (entry.kind !== 'message') return entry;
    const first = !belongTogether(entries[index - 1], entry);
    return { ...entry, first, last: !belongTogether(entry, entries[index + 1]) };
  });
}

const dayOf = (at: number) => new Date(at).toDateString();

function withDays(entries: Entry[]): Entry[] {
  return entries.flatMap((entry, index) => {
    const before = entries[index - 1];
    const isNewDay = !before || dayOf(before.at) !== dayOf(entry.at);
    return isNewDay ? [{ key: `d${entry.key}`, at: entry.at, kind: 'day' as const }, entry] : [entry];
  });
}
