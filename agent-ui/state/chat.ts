import type { Numbered } from '../../client/timeline.ts';
import type { ClosingForm, OpenConversation } from '../../protocol/agent-frames.ts';
import type { AgentRef, ClaimedVariable, EventBody, Page } from '../../protocol/entities.ts';
import type { AgentId, ConversationId, QueueId, SiteId } from '../../protocol/ids.ts';
import { agentsAfter, invitationAfter, type OpenInvitation } from './colleagues.ts';
import { evolveIdentity, type Identity, unknownIdentity } from './identity.ts';
import type { Upload, UploadFlaw } from './uploads.ts';

export type EndReason = Extract<EventBody, { type: 'ended' }>['reason'];

/** Where the conversation stands for the agent who sits here. */
export type Stage =
  /** With nobody, or with somebody else. */
  | { readonly kind: 'elsewhere' }
  /** `invitation`: where it is a colleague's, to join them. */
  | {
      readonly kind: 'request';
      readonly presentedAt: number;
      readonly until: number;
      readonly invitation: OpenInvitation | null;
    }
  | { readonly kind: 'active'; readonly acceptedAt: number }
  | {
      readonly kind: 'ended';
      readonly acceptedAt: number | null;
      readonly endedAt: number;
      readonly reason: EndReason;
    };

/** Everything that one tab shows: folded from the log, beside what the log does not hold. */
export interface Chat {
  readonly id: ConversationId;
  readonly site: { readonly id: SiteId; readonly name: string };
  readonly labels: Readonly<Record<string, string>>;
  readonly stage: Stage;
  readonly queue: string;
  readonly queueId: QueueId | null;
  readonly page: Page | null;
  readonly locale: string;
  readonly requestedAt: number;
  readonly claims: readonly ClaimedVariable[];
  readonly identity: Identity;
  readonly events: readonly Numbered[];
  /** The agents who are in it, who has been longest first. */
  readonly agents: readonly AgentRef[];
  readonly invitation: OpenInvitation | null;
  /** The visitor's messages since this agent last looked or spoke. */
  readonly unread: number;
  /** The agent has seen everything up to here. */
  readonly read: number;
  readonly connected: boolean;
  /** The visitor has seen events up to this number. */
  readonly seen: number;
  readonly typing: boolean;
  readonly draft: string;
  /** What is written goes to agents alone. */
  readonly isPrivate: boolean;
  /** Files that go with the next message, and what was wrong with one that does not. */
  readonly uploads: readonly Upload[];
  readonly uploadFlaw: UploadFlaw | null;
  /** What the queue asks when it is over, and whether that was answered. */
  readonly closing: ClosingForm | null;
  readonly isClassified: boolean;
}

export function openChat(open: OpenConversation): Chat {
  return {
    id: open.conversation,
    site: open.site,
    labels: open.labels,
    stage: { kind: 'elsewhere' },
    queue: '',
    queueId: null,
    page: null,
    locale: '',
    requestedAt: 0,
    claims: [],
    identity: unknownIdentity,
    events: [],
    agents: [],
    invitation: null,
    unread: 0,
    read: 0,
    connected: open.connected,
    seen: open.seen,
    typing: false,
    draft: '',
    isPrivate: false,
    uploads: [],
    uploadFlaw: null,
    closing: open.closing,
    isClassified: false,
  };
}

/** Folds the next event of the log in. `me` is the agent who sits here. */
export function evolveChat(chat: Chat, numbered: Numbered, me: AgentId): Chat {
  const { seq } = numbered;
  const { by, body, at } = numbered.event;
  const isOwn = by.kind === 'agent' && by.agent.id === me;
  const next = { ...chat, ...facts(chat, body, at), events: [...chat.events, numbered] };
  next.identity = evolveIdentity(chat.identity, body, at);
  next.agents = agentsAfter(chat.agents, body);
  next.invitation = invitationAfter(chat.invitation, body);
  next.stage = stageAfter(chat.stage, body, { at, me, invitation: next.invitation });
  if (body.type !== 'message') return next;
  if (by.kind === 'visitor') return { ...next, unread: chat.unread + Number(seq > chat.read), typing: false };
  return isOwn ? { ...next, unread: 0, read: seq } : next;
}

function facts(chat: Chat, body: EventBody, at: number): Partial<Chat> {
  switch (body.type) {
    case 'requested':
      return { queue: body.queue.name, queueId: body.queue.id, page: body.page, locale: body.locale, requestedAt: at };
    case 'moved':
      return { queue: body.queue.name, queueId: body.queue.id };
    case 'visited':
      return { page: body.page };
    case 'claimed':
      return { claims: claimsAfter(chat.claims, body.variables) };
    case 'ended':
      return { typing: false };
    case 'classified':
      return { isClassified: true };
    default:
      return {};
  }
}

/** The page says its whole list each time; what the visitor typed into the form stands until typed anew. */
export function claimsAfter(
  before: readonly ClaimedVariable[],
  now: readonly ClaimedVariable[],
): readonly ClaimedVariable[] {
  const names = new Set(now.map(({ name }) => name));
  return [...before.filter(({ source, name }) => source === 'form' && !names.has(name)), ...now];
}

interface Moment {
  readonly at: number;
  readonly me: AgentId;
  readonly invitation: OpenInvitation | null;
}

function stageAfter(stage: Stage, body: EventBody, { at, me, invitation }: Moment): Stage {
  switch (body.type) {
    case 'presented':
      return body.agent.id === me
        ? { kind: 'request', presentedAt: at, until: body.until, invitation: null }
        : { kind: 'elsewhere' };
    case 'asked':
      return body.agent.id === me ? { kind: 'request', presentedAt: at, until: body.until, invitation } : stage;
    case 'uninvited':
      return stage.kind === 'request' ? { kind: 'elsewhere' } : stage;
    case 'unanswered':
    case 'left':
      return body.agent.id === me ? { kind: 'elsewhere' } : stage;
    case 'joined':
      return body.agent.id === me ? { kind: 'active', acceptedAt: at } : stage;
    case 'declined':
    case 'lapsed':
    case 'returned':
    case 'moved':
      return { kind: 'elsewhere' };
    case 'accepted':
      return body.agent.id === me ? { kind: 'active', acceptedAt: at } : { kind: 'elsewhere' };
    case 'ended': {
      const acceptedAt = stage.kind === 'active' ? stage.acceptedAt : null;
      return { kind: 'ended', acceptedAt, endedAt: at, reason: body.reason };
    }
    default:
      return stage;
  }
}
