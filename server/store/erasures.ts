import type { Kysely, Selectable } from 'kysely';
import type { ConversationId, SessionId } from '../../protocol/ids.ts';
import { hashOfId } from './hash-of-id.ts';
import { portions } from './portions.ts';
import type { Erasure, ErasureTargets, Privacy } from './privacy-store.ts';
import type { Schema } from './schema.ts';
import type { ErasureTable, ErasureTargetTable } from './schema-privacy.ts';

type Erasures = Pick<
  Privacy,
  | 'addErasure'
  | 'unfinishedErasures'
  | 'targetsOf'
  | 'dropTargets'
  | 'finishErasure'
  | 'erasuresOf'
  | 'eraseSessions'
  | 'forgetErasedSessions'
>;

/** The tables `erasure`, `erasure_target` and `erased_session`. */
export function createErasures(db: Kysely<Schema>): Erasures {
  return {
    addErasure: (erasure, targets) =>
      db.transaction().execute(async (transaction) => {
        await transaction.insertInto('erasure').values(toRow(erasure)).execute();
        for (const rows of portions(toTargetRows(erasure, targets)))
          await transaction.insertInto('erasure_target').values(rows).execute();
      }),

    async unfinishedErasures() {
      const query = db.selectFrom('erasure').selectAll().where('done_at', 'is', null);
      return (await query.orderBy('requested_at').execute()).map(toErasure);
    },

    async targetsOf(erasure, limit) {
      const query = db.selectFrom('erasure_target').select(['kind', 'id']).where('erasure', '=', erasure);
      // Conversations first: a session goes when none is left of it.
      const rows = await query.orderBy('kind').orderBy('id').limit(limit).execute();
      const ids = (kind: ErasureTargetTable['kind']) => rows.filter((row) => row.kind === kind).map(({ id }) => id);
      return { conversations: ids('conversation') as ConversationId[], sessions: ids('session') as SessionId[] };
    },

    async dropTargets(erasure, { conversations, sessions }) {
      const all = [
        ...conversations.map((id) => ['conversation', id] as const),
        ...sessions.map((id) => ['session', id] as const),
      ];
      for (const [kind, id] of all) {
        const query = db.deleteFrom('erasure_target').where('erasure', '=', erasure).where('kind', '=', kind);
        await query.where('id', '=', id).execute();
      }
    },

    async finishErasure(erasure, at) {
      await db
        .updateTable('erasure')
        .set({ done_at: at })
        .where('id', '=', erasure)
        .where('done_at', 'is', null)
        .execute();
    },

    async erasuresOf(organization, limit) {
      const query = db.selectFrom('erasure').selectAll().where('organization', '=', organization);
      return (await query.orderBy('requested_at', 'desc').orderBy('id', 'desc').limit(limit).execute()).map(toErasure);
    },

    eraseSessions: (sessions, at) =>
      db.transaction().execute(async (transaction) => {
        for (const id of sessions) {
          const left = transaction.selectFrom('conversation').select('id').where('session', '=', id);
          if (await left.limit(1).executeTakeFirst()) continue;
          await transaction.deleteFrom('session').where('id', '=', id).execute();
          const fence = transaction.insertInto('erased_session').values({ id_hash: hashOfId(id), erased_at: at });
          await fence.onConflict((conflict) => conflict.doNothing()).execute();
        }
      }),

    async forgetErasedSessions(before) {
      await db.deleteFrom('erased_session').where('erased_at', '<', before).execute();
    },
  };
}

const toTargetRows = ({ id: erasure }: Erasure, { conversations, sessions }: ErasureTargets): ErasureTargetTable[] => [
  ...conversations.map((id) => ({ erasure, kind: 'conversation' as const, id })),
  ...sessions.map((id) => ({ erasure, kind: 'session' as const, id })),
];

const toRow = ({ agentName, requestedAt, doneAt, ...rest }: Erasure): ErasureTable => ({
  ...rest,
  agent_name: agentName,
  requested_at: requestedAt,
  done_at: doneAt,
});

const toErasure = ({ agent_name, requested_at, done_at, ...rest }: Selectable<ErasureTable>): Erasure => ({
  ...rest,
  agentName: agent_name,
  requestedAt: requested_at,
  doneAt: done_at,
});
