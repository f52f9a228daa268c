import type { Entry } from '../client/outbox.ts';
import type { Numbered } from '../client/timeline.ts';
import type { VisitorCommand } from '../protocol/commands.ts';
import type { AgentId, ConversationId, OfferId } from '../protocol/ids.ts';
import type { VisitorReady } from '../protocol/visitor-frames.ts';
import type { Ticket } from './file-access.ts';
import type { Shelf } from './shelf.ts';

export type Asked = 'name' | 'email';

/** Everything that the screen is drawn from. */
export interface ChatState {
  readonly shown: boolean;
  /** `lost`: the last try failed, and another follows; `refused`: none will help. */
  readonly link: 'idle' | 'trying' | 'connected' | 'lost' | 'refused';
  /** Null before the server has answered for the first time. */
  readonly site: VisitorReady['site'] | null;
  /** What the site wants to know and nobody has verified. */
  readonly asked: readonly Asked[];
  readonly isVerified: boolean;
  /** What the visitor answered; the next chat on this page need not ask again. */
  readonly answers: Partial<Record<Asked, string>>;
  readonly conversation: ConversationId | null;
  readonly events: readonly Numbered[];
  /** Given, but not among the events yet. */
  readonly unsent: readonly Entry<VisitorCommand>[];
  /** Something has happened since this page came. */
  readonly isNews: boolean;
  readonly place: { readonly place: number; readonly agents: number; readonly text?: string } | null;
  readonly agentTypes: boolean;
  /** The visitor has seen everything up to here. */
  readonly seen: number;
  /** The request for a chat came to nothing. */
  readonly failed: boolean;
  /** The visitor is asked whether the chat should end. */
  readonly ending: boolean;
  /** The visitor is asked where a transcript should go. */
  readonly mailing?: boolean;
  /** What the visitor attaches, once something was. */
  readonly shelf?: Shelf;
  /** By which the files of this conversation can be read, once there are some. */
  readonly ticket?: Ticket;
  /** Submitted before it could be: its flaw shows until it is mended. */
  readonly flawedOffer?: OfferId;
  /** The visitor wants another chat after this one. */
  readonly again: boolean;
}

/** How the screen calls what the connection does; a first try is `trying`, and later ones change nothing. */
export const linkOf = { waiting: 'lost', connected: 'connected', stopped: 'idle' } as const;

/** How a conversation begins, and what is left when another visitor takes over. */
export const blank = {
  conversation: null,
  events: [],
  isNews: false,
  place: null,
  agentTypes: false,
  seen: 0,
  failed: false,
  again: false,
} as const satisfies Partial<ChatState>;

export const initialState: ChatState = {
  ...blank,
  // Kept when the conversation begins: who is quick asks to end it while the request is still on its way.
  ending: false,
  shown: false,
  link: 'idle',
  site: null,
  asked: [],
  isVerified: false,
  answers: {},
  unsent: [],
};

/** Where the conversation stands, as far as its visitor may know. */
export interface Standing {
  readonly phase: 'none' | 'waiting' | 'active' | 'ended';
  /** Who is there to help, in the order of their coming. */
  readonly agents: readonly string[];
  readonly queue: string;
}

/** A new request is on its way; what is still on the screen is of the chat before. */
export const isRequesting = ({ unsent }: Pick<ChatState, 'unsent'>): boolean =>
  unsent.some(({ command }) => command.type === 'request');

export function standingOf(chat: Pick<ChatState, 'events' | 'unsent'>): Standing {
  if (isRequesting(chat)) return { phase: 'waiting', agents: [], queue: '' };
  const there = new Map<AgentId, string>();
  let [phase, queue]: [Standing['phase'], string] = ['none', ''];
  for (const { event } of chat.events) {
    const { body } = event;
    if (body.type === 'requested' || body.type === 'moved') queue = body.queue.name;
    if (body.type === 'moved') there.clear();
    if (body.type === 'left') there.delete(body.agent.id);
    if (/requested|moved/.test(body.type) || (body.type === 'left' && !there.size)) phase = 'waiting';
    if (body.type === 'ended') phase = 'ended';
    if (body.type === 'accepted' || body.type === 'joined') {
      phase = 'active';
      there.set(body.agent.id, body.agent.name);
    }
  }
  return { phase, agents: phase === 'active' ? [...there.values()] : [], queue };
}

export const unreadCount = ({ events, seen }: ChatState): number =>
  events.filter(({ seq, event }) => seq > seen && /message|offered/.test(event.body.type) && event.by.kind === 'agent')
    .length;
