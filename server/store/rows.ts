import type { Insertable, Selectable } from 'kysely';
import type { LogEvent } from '../domain/conversation.ts';
import type { ConversationTable, EventTable } from './schema.ts';
import type { ConversationHead } from './store.ts';

/** Rows of the two tables that the log writes, as the rest of the server knows them. */
export const toEvent = (row: Pick<Selectable<EventTable>, (typeof eventColumns)[number]>): LogEvent => ({
  seq: row.seq,
  visitorSeq: row.visitor_seq,
  at: row.at,
  by: JSON.parse(row.actor),
  command: row.command_id,
  body: JSON.parse(row.body),
});

export const eventColumns = ['seq', 'visitor_seq', 'at', 'actor', 'command_id', 'body'] as const;

export const toEventRow = (
  { organization, id }: Pick<ConversationHead, 'organization' | 'id'>,
  event: LogEvent,
): Insertable<EventTable> => ({
  organization,
  conversation: id,
  seq: event.seq,
  visitor_seq: event.visitorSeq,
  command_id: event.command,
  at: event.at,
  actor: JSON.stringify(event.by),
  body: JSON.stringify(event.body),
});

export const toHead = (row: Omit<Selectable<ConversationTable>, 'seen' | 'anonymous' | 'held'>): ConversationHead => ({
  id: row.id,
  organization: row.organization,
  site: row.site,
  session: row.session,
  queue: row.queue,
  phase: row.phase,
  agent: row.agent,
  guests: JSON.parse(row.guests),
  asked: row.asked,
  invitedQueue: row.invited_queue,
  subject: row.subject,
  keyId: row.key_id,
  requestedAt: row.requested_at,
  since: row.since,
  endedAt: row.ended_at,
  dueAt: row.due_at,
  seq: row.seq,
  visitorSeq: row.visitor_seq,
});

export const toHeadRow = (
  head: ConversationHead,
): Omit<Selectable<ConversationTable>, 'seen' | 'anonymous' | 'held'> => ({
  id: head.id,
  organization: head.organization,
  site: head.site,
  session: head.session,
  queue: head.queue,
  phase: head.phase,
  agent: head.agent,
  guests: JSON.stringify(head.guests),
  asked: head.asked,
  invited_queue: head.invitedQueue,
  subject: head.subject,
  key_id: head.keyId,
  requested_at: head.requestedAt,
  since: head.since,
  ended_at: head.endedAt,
  due_at: head.dueAt,
  seq: head.seq,
  visitor_seq: head.visitorSeq,
});

export const headColumns = [
  'id',
  'organization',
  'site',
  'session',
  'queue',
  'phase',
  'agent',
  'guests',
  'asked',
  'invited_queue',
  'subject',
  'key_id',
  'requested_at',
  'since',
  'ended_at',
  'due_at',
  'seq',
  'visitor_seq',
] as const;

/** What may change of a conversation while its log grows. */
export const changingHeadColumns = [
  'queue',
  'phase',
  'agent',
  'guests',
  'asked',
  'invited_queue',
  'subject',
  'key_id',
  'requested_at',
  'since',
  'ended_at',
  'due_at',
  'seq',
  'visitor_seq',
] as const;
