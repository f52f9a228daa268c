import type { Actor, AgentRef, EventBody, Page, QueueRef } from '../../protocol/entities.ts';
import type { AgentId, CommandId } from '../../protocol/ids.ts';

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

/** What every phase but `absent` knows. */
export interface Request {
  readonly queue: QueueRef;
  readonly requestedAt: number;
  readonly page: Page;
  /** Of the token that stands behind the verified variables now. */
  readonly subject: string | null;
  readonly keyId: string | null;
  /** Fingerprints of what was said last, so that a page that says it again on every load adds nothing to the log. */
  readonly claimed: number;
  readonly identity: number | null;
  /** Who accepted it last, if anybody did. */
  readonly answeredBy: AgentRef | null;
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
  | { readonly phase: 'active'; readonly request: Request; readonly agent: AgentRef }
  /** `agent` is who had it last, if anybody did. */
  | { readonly phase: 'ended'; readonly request: Request; readonly agent: AgentRef | null; readonly endedAt: number };

/** What the rules need to know of a conversation; folded from its log by `evolve`. It holds no texts. */
export type Conversation = Phase & { readonly seq: number; readonly visitorSeq: number };

export const absent: Conversation = { phase: 'absent', seq: 0, visitorSeq: 0 };
