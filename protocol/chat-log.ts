import { type Static, Type } from 'typebox';
import { Actor, AgentRef, Audience, EpochMs, PlainText, QueueRef, Seq, VariableName } from './entities.ts';
import { AgentId, ConversationId, QueueId, SiteId } from './ids.ts';
import { limits } from './limits.ts';

const closed = { additionalProperties: false } as const;

/** How a conversation ended; `open` is not at all yet. */
export const ChatOutcome = Type.Enum(['open', 'visitor', 'agent', 'abandoned', 'signed_out', 'message']);
export type ChatOutcome = Static<typeof ChatOutcome>;

/** A piece of a text: in what was searched for, or around it. */
export const ExcerptPart = Type.Object({ text: Type.String(), isMatch: Type.Boolean() }, closed);
export type ExcerptPart = Static<typeof ExcerptPart>;

/** The passage of a conversation that tells best why it was found. */
export const SearchHit = Type.Object(
  {
    /** Of the event that it stands in. */
    seq: Seq,
    at: EpochMs,
    by: Actor,
    audience: Audience,
    place: Type.Union([
      Type.Object({ kind: Type.Enum(['message', 'file', 'offer', 'category', 'note', 'comment']) }, closed),
      Type.Object({ kind: Type.Literal('variable'), name: VariableName, isVerified: Type.Boolean() }, closed),
    ]),
    excerpt: Type.Array(ExcerptPart),
  },
  closed,
);
export type SearchHit = Static<typeof SearchHit>;

/** One conversation in the chat log, whether it goes on or not. */
export const ChatLogEntry = Type.Object(
  {
    conversation: ConversationId,
    /** As the visitor was last called; null where nobody said. */
    visitor: Type.Union([Type.String(), Type.Null()]),
    /** Whether that name was verified at the time. */
    isVerified: Type.Boolean(),
    queue: QueueRef,
    site: Type.Object({ id: SiteId, name: Type.String(), labels: Type.Record(Type.String(), Type.String()) }, closed),
    requestedAt: EpochMs,
    endedAt: Type.Union([EpochMs, Type.Null()]),
    /** Who was in it when it ended, or is now. */
    agents: Type.Array(Type.String()),
    outcome: ChatOutcome,
    category: Type.Union([Type.String(), Type.Null()]),
    /** Null where no words were searched for, or the chat is so long that they were not looked for in all of it. */
    hit: Type.Union([SearchHit, Type.Null()]),
  },
  closed,
);
export type ChatLogEntry = Static<typeof ChatLogEntry>;

const Moment = Type.String({ pattern: '^[0-9]{1,13}$', description: 'milliseconds since 1970' });

/** All that is given must be so. Words are searched in what was written, in names and variables, notes and file names. */
export const chatLogFilter = {
  text: Type.Optional(
    Type.String({
      maxLength: limits.searchLength,
      description: 'words, each from its beginning; "in quotes" exactly, and side by side',
    }),
  ),
  /** Requested not before, and before. */
  from: Type.Optional(Moment),
  until: Type.Optional(Moment),
  queue: Type.Optional(QueueId),
  /** Was in it. */
  agent: Type.Optional(AgentId),
  category: Type.Optional(PlainText(limits.categoryLength, 1)),
  outcome: Type.Optional(ChatOutcome),
  /** The name of a variable that was verified, and its whole value. */
  variable: Type.Optional(PlainText(limits.variableNameLength, 1)),
  value: Type.Optional(PlainText(limits.variableValueLength, 1)),
} as const;
export const ChatLogFilter = Type.Object(chatLogFilter, closed);
export type ChatLogFilter = Static<typeof ChatLogFilter>;

export const ChatLogQuery = Type.Object(
  {
    ...chatLogFilter,
    before: Type.Optional(Type.String({ pattern: '^[0-9]{1,16}(\\.[A-Za-z0-9_-]{1,64})?$' })),
  },
  closed,
);
export type ChatLogQuery = Static<typeof ChatLogQuery>;
export const ChatLogPage = Type.Object(
  {
    /** The newest first. */
    conversations: Type.Array(ChatLogEntry),
    /** Pass it as `before` for the next page, which may be there even where this one is short or empty; null at the end. */
    next: Type.Union([Type.String(), Type.Null()]),
    /** Of a search that goes on: back to when everything was looked through. */
    searchedTo: Type.Union([EpochMs, Type.Null()]),
    /** Older chats are still being indexed, and may be missing. */
    isIndexing: Type.Boolean(),
  },
  closed,
);
export type ChatLogPage = Static<typeof ChatLogPage>;

/** What one can filter by: what one oversees. */
export const ChatLogChoices = Type.Object(
  { queues: Type.Array(QueueRef), agents: Type.Array(AgentRef), categories: Type.Array(Type.String()) },
  closed,
);
export type ChatLogChoices = Static<typeof ChatLogChoices>;

/** `json` is all of each conversation, `csv` a row each, `messages.csv` a row for each message. */
export const ChatLogFormat = Type.Enum(['json', 'csv', 'messages.csv']);
export type ChatLogFormat = Static<typeof ChatLogFormat>;
export const ChatLogExportQuery = Type.Object({ ...chatLogFilter, format: ChatLogFormat }, closed);
