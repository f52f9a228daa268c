import { type Kysely, type SqlBool, sql } from 'kysely';
import type { AgentId, ConversationId, QueueId } from '../../protocol/ids.ts';
import type { Database } from './database.ts';
import { headColumns, toHead } from './rows.ts';
import type { Schema } from './schema.ts';
import type { ConversationHead, Conversations } from './store.ts';

// Written out, since an index of some rows only is used where the query holds its condition word by word.
const isOpen = sql<SqlBool>`phase <> 'ended'`;
const isEnded = sql<SqlBool>`phase = 'ended'`;
const isWaiting = sql<SqlBool>`phase = 'waiting'`;
const isDue = sql<SqlBool>`due_at is not null`;
const isInvited = sql<SqlBool>`invited_queue is not null`;
const isUnanswered = sql<SqlBool>`phase in ('waiting', 'presented')`;
const isWithSomebody = sql<SqlBool>`phase in ('presented', 'active')`;

/** No queue has an empty id; a list in SQL must not be empty. */
const nowhere = '' as QueueId;

/** Found by its id in quotes, which no id contains; both databases know `replace`, and no more of JSON than the other. */
const isGuest = (agent: AgentId) =>
  sql<SqlBool>`(guests <> '[]' and phase = 'active' and replace(guests, ${`"${agent}"`}, '') <> guests)`;

/**
 * The table `conversation`: one row each, which says where it stands without reading its log. The log writes it; only how
 * far the visitor has read is written here.
 */
export function createConversations({ db, log, writeLoosely }: Database): Conversations {
  const heads = () => db.selectFrom('conversation').select(headColumns);
  const all = async (query: ReturnType<typeof heads>) => log.recent.current((await query.execute()).map(toHead));
  const newestFirst = (
    query: ReturnType<typeof heads>,
    before: Pick<ConversationHead, 'requestedAt' | 'id'> | null,
  ) => {
    const ordered = query.orderBy('requested_at', 'desc').orderBy('id', 'desc');
    if (!before) return ordered;
    return ordered.where((where) =>
      where.or([
        where('requested_at', '<', before.requestedAt),
        where.and([where('requested_at', '=', before.requestedAt), where('id', '<', before.id)]),
      ]),
    );
  };
  const first = async (query: ReturnType<typeof heads>) => (await all(query.limit(1)))[0] ?? null;

  return {
    find: (id) => first(heads().where('id', '=', id)),
    findEach: async (ids) => (ids.length > 0 ? all(heads().where('id', 'in', ids)) : []),
    findOf: (organization, id) => first(heads().where('id', '=', id).where('organization', '=', organization)),

    latestOfSession: (session) =>
      first(
        heads()
          .where('session', '=', session)
          .orderBy('requested_at', 'desc')
          // Where two came in one millisecond, the one that goes on.
          .orderBy(sql`case when phase = 'ended' then 1 else 0 end`)
          .orderBy('ended_at', 'desc'),
      ),

    async withAgent(agent) {
      const theirs = await all(heads().where('agent', '=', agent).where(isWithSomebody));
      const asGuest = await all(heads().where((where) => where.or([where('asked', '=', agent), isGuest(agent)])));
      return [...theirs, ...asGuest].sort((a, b) => a.requestedAt - b.requestedAt || (a.id < b.id ? -1 : 1));
    },
    invitedTo: (queue) => all(heads().where('invited_queue', '=', queue).orderBy('due_at').orderBy('id')),
    async invitedQueues() {
      const rows = await db.selectFrom('conversation').select('invited_queue').distinct().where(isInvited).execute();
      return rows.flatMap(({ invited_queue }) => invited_queue ?? []);
    },
    waiting: (limit) => all(heads().where(isWaiting).orderBy('requested_at').orderBy('id').limit(limit)),

    async inQueue(queue) {
      const rows = await db
        .selectFrom('conversation')
        .leftJoin('session', 'session.id', 'conversation.session')
        .select(['conversation.id', 'requested_at', 'session.lost_at'])
        .where('queue', '=', queue)
        .where(isUnanswered)
        .orderBy('requested_at')
        .orderBy('conversation.id')
        .execute();
      return rows.map(({ id, requested_at, lost_at }) => ({ id, requestedAt: requested_at, lostAt: lost_at }));
    },

    due: (now, limit) => all(heads().where(isDue).where('due_at', '<=', now).orderBy('due_at').limit(limit)),

    async abandoned(before, limit) {
      const columns = headColumns.map((column) => `conversation.${column}` as const);
      const rows = await db
        .selectFrom('conversation')
        .innerJoin('session', 'session.id', 'conversation.session')
        .select(columns)
        .where(isUnanswered)
        .where('session.lost_at', '<=', before)
        .orderBy('session.lost_at')
        .limit(limit)
        .execute();
      return log.recent.current(rows.map(toHead));
    },

    withKey: (site, keyId) => all(heads().where('site', '=', site).where('key_id', '=', keyId).where(isOpen)),

    page(organization, queues, before, limit) {
      let query = heads().where('organization', '=', organization);
      if (queues) query = query.where('queue', 'in', queues.length > 0 ? queues : [nowhere]);
      return all(newestFirst(query, before).limit(limit));
    },
    list(organization, { queue, isEnded: ended, since, until, before }, limit) {
      let query = heads().where('organization', '=', organization);
      if (queue !== undefined) query = query.where('queue', '=', queue);
      if (ended !== undefined) query = query.where(ended ? isEnded : isOpen);
      if (since !== undefined) query = query.where('requested_at', '>=', since);
      if (until !== undefined) query = query.where('requested_at', '<', until);
      return all(newestFirst(query, before ?? null).limit(limit));
    },

    open(organization, queues) {
      let query = heads().where('organization', '=', organization).where(isOpen);
      if (queues) query = query.where('queue', 'in', queues.length > 0 ? queues : [nowhere]);
      return all(query.orderBy('requested_at').orderBy('id'));
    },

    async earlier({ id, site, subject }, limit) {
      if (subject === null) return [];
      const ended = heads()
        .where('site', '=', site)
        .where('subject', '=', subject)
        .where(isEnded)
        .where('id', '<>', id);
      const latest = await all(ended.orderBy('ended_at', 'desc').orderBy('id').limit(limit));
      return latest.sort((a, b) => b.requestedAt - a.requestedAt);
    },

    async markSeen(id, visitorSeq) {
      const mark = db
        .updateTable('conversation')
        .set({ seen: visitorSeq })
        .where('id', '=', id)
        .where('seen', '<', visitorSeq);
      await writeLoosely(mark.compile());
    },

    async seenSeq(id) {
      const later = log.recent.after(id, 0);
      const row = await db.selectFrom('conversation').select('seen').where('id', '=', id).executeTakeFirst();
      const seen = row?.seen ?? 0;
      const recent = later.findLast(({ visitorSeq }) => visitorSeq !== null && visitorSeq <= seen);
      return recent?.seq ?? seqOf(db, id, seen);
    },
  };
}

async function seqOf(db: Kysely<Schema>, id: ConversationId, visitorSeq: number): Promise<number> {
  const events = db.selectFrom('event').select('seq').where('conversation', '=', id);
  const last = events.where('visitor_seq', '<=', visitorSeq).orderBy('seq', 'desc').limit(1);
  return (await last.executeTakeFirst())?.seq ?? 0;
}
