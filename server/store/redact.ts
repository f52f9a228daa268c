import type { EventBody } from '../../protocol/entities.ts';
import { withoutIdentity } from '../domain/anonymous.ts';
import { searchFollower } from './search-store.ts';

interface EventRow {
  readonly conversation: string;
  readonly seq: number;
  readonly body: string;
}

/** The events that say who the visitor is, as they are to be without it. */
export const redacted = (rows: readonly EventRow[]): EventRow[] =>
  rows.flatMap(({ body, ...place }) => {
    const without = withoutIdentity(JSON.parse(body) as EventBody);
    return without ? { ...place, body: JSON.stringify(without) } : [];
  });

/** SQL that takes from conversations who the visitor was, beside their events; `list` as in `eraseConversations`. */
export const redactConversations = (list: string): string[] => [
  `delete from visitor_email where conversation ${list}`,
  // Read anew by its follower, which finds less.
  `delete from search_document where conversation ${list}`,
  `delete from follower where follower = '${searchFollower}' and conversation ${list}`,
  `update conversation set subject = null, anonymous = 1 where id ${list}`,
  // The session is worth nothing any more, and says nothing: its browser is somebody new from now on.
  `update session set subject = null, thumbprint = '', token_hash = 'gone ' || id,
    revoked_at = coalesce(revoked_at, lost_at, created_at)
    where id in (select session from conversation where id ${list})
    and not exists (select 1 from conversation where conversation.session = session.id and anonymous = 0)`,
];

export const eventsOf = (list: string): string =>
  `select conversation, seq, body from event where conversation ${list}`;
