import type {
  Actor,
  AgentRef,
  EventBody,
  InvitationPlan,
  InvitationTarget,
  Page,
  QueueRef,
} from '../../protocol/entities.ts';
import type { AgentId, CommandId, InvitationId, OfferId } from '../../protocol/ids.ts';

/** One event as it stands in the log. `visitorSeq` numbers what the visitor may see, and is null for the rest. */
export interface LogEvent {
  readonly seq: number;
  readonly visitorSeq: number | null;
  readonly at: number;
  readonly by: Actor;
  readonly command: CommandId | null;
  readonly body: EventBody;
}

/** An agent who turned the request down or let it run out, and when; asked again only when nobody else is left. */
export interface Pass {
  readonly agent: AgentId;
  readonly at: number;
}

/** An offer as far as an answer to it is judged. Once it is closed, only that it was is remembered. */
export type Offer =
  | {
      readonly id: OfferId;
      readonly state: 'open';
      readonly values: readonly string[];
      readonly least: number;
      readonly most: number;
      readonly optional: boolean;
    }
  | { readonly id: OfferId; readonly state: 'answered' | 'withdrawn' };

/** The one that is open, if any: nobody is asked twice at a time. */
export interface Invitation {
  readonly id: InvitationId;
  readonly by: AgentRef;
  readonly to: InvitationTarget;
  readonly plan: InvitationPlan;
  readonly until: number;
  /** Before whom it stands now, and how long. */
  readonly asked: { readonly agent: AgentRef; readonly until: number } | null;
  readonly passes: readonly Pass[];
}

/** What decides about transcripts: whether there is anything to send, and to whom. */
export interface Transcripts {
  readonly hasWords: boolean;
  /** The address that the site vouches for now, and the one that the visitor typed at the start. */
  readonly verified: string | null;
  readonly typed: string | null;
  readonly asked: readonly { readonly email: string; readonly isConfirmed: boolean }[];
}

/** What every phase but `absent` knows. */
export interface Request {
  readonly queue: QueueRef;
  readonly requestedAt: number;
  /** Since when the visitor waits, or somebody is with them. */
  readonly since: number;
  readonly page: Page;
  /** Of the token that stands behind the verified variables now. */
  readonly subject: string | null;
  readonly keyId: string | null;
  /** Fingerprints of what was said last, so that a page that says it again on every load adds nothing to the log. */
  readonly claimed: number;
  readonly identity: number | null;
  /** Who accepted it last, if anybody did. */
  readonly answeredBy: AgentRef | null;
  readonly offers: readonly Offer[];
  readonly transcripts: Transcripts;
}

export type Phase =
  | { readonly phase: 'absent' }
  | { readonly phase: 'waiting'; readonly request: Request; readonly passes: readonly Pass[] }
  | {
      readonly phase: 'presented';
      readonly request: Request;
      readonly passes: readonly Pass[];
      readonly agent: AgentRef;
      readonly until: number;
    }
  /** `agent` is who has been in it longest, `guests` the others. */
  | {
      readonly phase: 'active';
      readonly request: Request;
      readonly agent: AgentRef;
      readonly guests: readonly AgentRef[];
      readonly invitation: Invitation | null;
    }
  /** `agent` is who had it last, if anybody did; `guests` who else was there. */
  | {
      readonly phase: 'ended';
      readonly request: Request;
      readonly agent: AgentRef | null;
      readonly guests: readonly AgentRef[];
      readonly endedAt: number;
      /** The visitor has said how it was. */
      readonly isRated: boolean;
    };

/** What the rules need to know of a conversation; folded from its log by `evolve`. It holds no texts. */
export type Conversation = Phase & { readonly seq: number; readonly visitorSeq: number };

export const absent: Conversation = { phase: 'absent', seq: 0, visitorSeq: 0 };
