import type { ConnectionState } from '../../client/connection.ts';
import type { Entry } from '../../client/outbox.ts';
import type { AgentStatus, Profile } from '../../protocol/agent-frames.ts';
import type { RefusalCode } from '../../protocol/codes.ts';
import type { AgentCommand } from '../../protocol/commands.ts';
import type { AgentRef, Role } from '../../protocol/entities.ts';
import type { Colleagues, Preset, SavedOfferView } from '../../protocol/http.ts';
import type { ConversationId, ProfileId } from '../../protocol/ids.ts';
import type { Chat } from './chat.ts';
import type { Place } from './places.ts';

export type SignInProblem = 'failed' | 'many' | 'unreachable' | 'ended' | 'code' | 'code-wrong';

export type SessionState =
  /** Asking whether there still is one. */
  | { readonly kind: 'opening'; readonly failed: boolean }
  | { readonly kind: 'signed-out'; readonly problem: SignInProblem | null; readonly busy: boolean }
  | { readonly kind: 'signed-in'; readonly me: AgentRef; readonly role: Role; readonly csrf: string };

export type LinkState =
  | ConnectionState
  | { readonly kind: 'restarting' }
  /** The server speaks a newer version: only loading the page again helps. */
  | { readonly kind: 'outdated' };

/** Something to tell that no tab can show, since its tab is gone or never was. */
export type Notice =
  | {
      readonly kind: 'gone';
      readonly reason: 'lapsed' | 'returned' | 'ended' | 'lost' | 'moved' | 'withdrawn' | 'erased';
      readonly name: string;
    }
  /** An offer was sent, but not saved for reuse. */
  | { readonly kind: 'not-kept' }
  /** By the server, because the connection was away for too long. */
  | { readonly kind: 'off' }
  | { readonly kind: 'refused'; readonly code: RefusalCode };

/** What an agent composes over a chat, and what the server lent to it: null until it has come, or where it did not. */
export type ChatDialog = { readonly conversation: ConversationId } & (
  | { readonly kind: 'offer'; readonly saved: readonly SavedOfferView[] | null }
  | { readonly kind: 'invite'; readonly colleagues: Colleagues | 'failed' | null }
);

export interface DeskState {
  readonly session: SessionState;
  readonly link: LinkState;
  /** A first answer has come: what stands below is the server's word. */
  readonly isOpen: boolean;
  readonly status: AgentStatus;
  readonly profiles: readonly Profile[];
  /** Chosen; sent with the next change of status where it is not the status's own yet. */
  readonly profile: ProfileId | null;
  /** In the order in which they opened, so that no tab moves under a pointer. */
  readonly chats: readonly Chat[];
  readonly selected: ConversationId | null;
  readonly sending: readonly Entry<AgentCommand>[];
  /** The chat whose closing is being asked about. */
  readonly confirming: ConversationId | null;
  readonly dialog: ChatDialog | null;
  readonly place: Place;
  /** Null until they were asked for and came. */
  readonly presets: readonly Preset[] | null;
  readonly notice: Notice | null;
  /** By the server's clock; moves on whenever a lock opens by itself. */
  readonly asOf: number;
}

export const emptyDesk: DeskState = {
  session: { kind: 'opening', failed: false },
  link: { kind: 'stopped' },
  isOpen: false,
  status: { state: 'off', since: 0, profile: null },
  profiles: [],
  profile: null,
  chats: [],
  selected: null,
  sending: [],
  confirming: null,
  dialog: null,
  place: 'chats',
  presets: null,
  notice: null,
  asOf: 0,
};

export const selectedChat = ({ chats, selected }: DeskState): Chat | undefined =>
  chats.find(({ id }) => id === selected);

export const meIn = ({ session }: DeskState): AgentRef | null => (session.kind === 'signed-in' ? session.me : null);

/** What every change over REST carries; empty where nobody is signed in. */
export const csrfOf = ({ session }: DeskState): string => (session.kind === 'signed-in' ? session.csrf : '');

export const sendingIn = ({ sending }: DeskState, conversation: ConversationId) =>
  sending.filter((entry) => entry.conversation === conversation);

/** Without a connection nobody knows who is there. */
export const isAdrift = ({ link }: DeskState): boolean => link.kind !== 'connected';
