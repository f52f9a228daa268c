import type { AgentStatus, OpenConversation } from '../../protocol/agent-frames.ts';
import type { AgentCommand, VisitorCommand } from '../../protocol/commands.ts';
import type { AgentState, ClaimedVariable, Page } from '../../protocol/entities.ts';
import type { AgentId, CommandId, ConversationId, OrganizationId, ProfileId, SiteId } from '../../protocol/ids.ts';
import type { IdentityClaim } from '../domain/command.ts';
import type { Refusal } from '../domain/refusal.ts';
import type { Agent, ConversationHead, Session } from '../store/store.ts';
import type { FloorPicture } from './floor-picture.ts';
import type { Reception } from './reception.ts';

/** What became of a command. `seq` counts the log, `visitorSeq` what the visitor sees of it. */
export type Answer =
  | { readonly ok: true; readonly conversation: ConversationId; readonly seq: number; readonly visitorSeq: number }
  | { readonly ok: false; readonly refusal: Refusal };

/** What the doors know of a visitor when a command comes in. */
export interface VisitorContext {
  readonly session: Session;
  /** False until the session's first request is committed: the desk keeps it then. */
  readonly kept: boolean;
  readonly claims: readonly ClaimedVariable[];
  readonly identity: IdentityClaim | null;
  /**
   * Which conversation the sender had before them; absent, the session's latest. A message that another tab's new chat
   * overtook would otherwise be said there, or, sent again, be said twice.
   */
  readonly conversation?: ConversationId;
}

export interface StatusChange {
  readonly state: AgentState;
  readonly profile?: ProfileId;
  readonly reason?: string;
}

/**
 * The running desk: loads, decides, appends, announces; presents requests to agents and watches the clock. Its doors
 * (`realtime/`, `routes/`) have established who is speaking before they call it.
 */
export interface Desk {
  fromVisitor(visitor: VisitorContext, id: CommandId, command: VisitorCommand): Promise<Answer>;
  fromAgent(agent: Agent, conversation: ConversationId, id: CommandId, command: AgentCommand): Promise<Answer>;

  /** The rest of what a visitor's socket brings; each does nothing where there is no open conversation. */
  identify(session: Session, identity: IdentityClaim): Promise<void>;
  claim(session: Session, claims: readonly ClaimedVariable[]): Promise<void>;
  visit(session: Session, page: Page): Promise<void>;
  seen(session: Session, conversation: ConversationId, visitorSeq: number): Promise<void>;
  visitorTyping(conversation: ConversationId, on: boolean): void;
  agentTyping(agent: Agent, conversation: ConversationId, on: boolean): void;

  /** Ends the session's open conversation, revokes the session, and closes its sockets on every node. */
  signOutVisitor(session: Session): Promise<void>;

  /** First socket opened, or last one closed. A visitor who only changes pages is not gone: a few seconds are given. */
  visitorCame(session: Session): Promise<void>;
  visitorWent(session: Session): Promise<void>;
  agentCame(agent: Agent): Promise<AgentStatus>;
  /** A socket closed; `hasSignedOut` where they will not come back by themselves. */
  agentWent(agent: Agent, hasSignedOut?: boolean): Promise<void>;
  setStatus(
    agent: Agent,
    change: StatusChange,
  ): Promise<{ ok: true; status: AgentStatus } | { ok: false; refusal: Refusal }>;

  /** With the agent, or presented to them. */
  conversationsOf(agent: Agent): Promise<ConversationHead[]>;
  /** What a tab needs beside the log. */
  describe(head: ConversationHead, after: number): Promise<OpenConversation>;
  /** Is somebody who comes now let in, and to which queue? */
  readonly reception: Reception;
  /** Tells the waiting visitor their place now. */
  tellPlace(head: ConversationHead): Promise<void>;
  /**
   * May this agent read that conversation? With them, presented to them, an earlier one of the same verified visitor, or
   * of a queue that they oversee.
   */
  readable(agent: Agent, conversation: ConversationId): Promise<ConversationHead | null>;
  /** One of a queue that they oversee at this moment. */
  overseen(agent: Agent, conversation: ConversationId): Promise<ConversationHead | null>;
  earlier(agent: Agent, conversation: ConversationId): Promise<ConversationHead[] | null>;

  /** Tells the listener how the floor looks, now and whenever that changes. Returns the way to stop. */
  watchFloor(organization: OrganizationId, listener: (picture: FloorPicture) => void): () => void;

  /** At once, on every node: no new token of it is taken, and open locks that it made say so. */
  revokeKey(site: SiteId, kid: string): Promise<boolean>;
  /** At the end of a conversation whose site wants every visitor to get a transcript. */
  transcribe(conversation: ConversationId): Promise<void>;
  /** Somebody opened the link in a mail to this address, and affirmed that it is theirs. */
  confirmTranscript(conversation: ConversationId, email: string): Promise<void>;
  /** Ends every session of an agent, for a lost laptop or a person who left. */
  signOutAgent(agent: AgentId): Promise<void>;

  /** Marks everybody as gone (nobody is connected yet) and begins to watch the clock. */
  start(): Promise<void>;
  /** Finishes what is under way; takes nothing new. */
  stop(): Promise<void>;
}
