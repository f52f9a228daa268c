import type { Kysely, Selectable } from 'kysely';
import { nobodyWaits, type TranscriptStanding } from '../domain/due-transcripts.ts';
import { recordMails } from './insert-mail.ts';
import { type Confirmation, type MailSubject, mailFollower, type Outbox, type OutboxMail } from './outbox-store.ts';
import type { Schema } from './schema.ts';
import type { ConfirmationTable, OutboxTable } from './schema-outbox.ts';

/** The tables `outbox` and `confirmation`. */
export function createOutbox(db: Kysely<Schema>): Outbox {
  const mails = () => db.selectFrom('outbox').selectAll();
  return {
    record: (steps, now) => db.transaction().execute((transaction) => recordMails(transaction, steps, now)),

    async due(now, limit) {
      const query = mails().where('next_at', '<=', now).orderBy('next_at').orderBy('id').limit(limit);
      return (await query.execute()).map(toMail);
    },

    async nextDueAfter(now) {
      const query = db.selectFrom('outbox').select('next_at').where('next_at', '>', now);
      return (await query.orderBy('next_at').limit(1).executeTakeFirst())?.next_at ?? null;
    },

    async claim({ id, nextAt }, until) {
      const query = db.updateTable('outbox').set({ next_at: until }).where('id', '=', id);
      return (await query.where('next_at', '=', nextAt).executeTakeFirst()).numUpdatedRows > 0n;
    },

    async settle(id, at) {
      const done = await db
        .updateTable('outbox')
        .set((to) => ({
          state: 'sent',
          tries: to('tries', '+', 1),
          tried_at: at,
          next_at: null,
          failure: null,
          detail: null,
          secret: null,
        }))
        .where('id', '=', id)
        .executeTakeFirst();
      return done.numUpdatedRows > 0n;
    },

    async postpone(id, at, { code, detail }, nextAt) {
      await db
        .updateTable('outbox')
        .set((to) => ({
          state: nextAt === null ? 'failed' : 'waiting',
          tries: to('tries', '+', 1),
          tried_at: at,
          next_at: nextAt,
          failure: code,
          detail,
        }))
        .where('id', '=', id)
        .where('state', '<>', 'sent')
        .execute();
    },

    async retry(organization, id, now) {
      const query = db.updateTable('outbox').set({ state: 'waiting', next_at: now });
      const own = query.where('organization', '=', organization).where('id', '=', id).where('state', '<>', 'sent');
      // Too much for one address stays too much, whoever asks.
      const unbound = own.where((where) =>
        where.or([where('failure', 'is', null), where('failure', '<>', 'recipient_limit')]),
      );
      return (await unbound.executeTakeFirst()).numUpdatedRows > 0n;
    },

    async find(organization, id) {
      const row = await mails().where('organization', '=', organization).where('id', '=', id).executeTakeFirst();
      return row ? toMail(row) : null;
    },

    async page(organization, before, limit) {
      let query = mails().where('organization', '=', organization);
      if (before)
        query = query.where((where) =>
          where.or([
            where('created_at', '<', before.at),
            where.and([where('created_at', '=', before.at), where('id', '<', before.id as OutboxMail['id'])]),
          ]),
        );
      const rows = await query.orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit).execute();
      return rows.map(toMail);
    },

    async countSince(session, since) {
      const query = db.selectFrom('outbox').select((of) => of.fn.countAll<number>().as('count'));
      const row = await query.where('session', '=', session).where('created_at', '>', since).executeTakeFirst();
      return Number(row?.count ?? 0);
    },

    async confirmation(tokenHash, now) {
      const query = db.selectFrom('confirmation').selectAll().where('token_hash', '=', tokenHash);
      const row = await query.where('expires_at', '>', now).executeTakeFirst();
      return row ? toConfirmation(row) : null;
    },

    async useConfirmation(tokenHash) {
      const result = await db.deleteFrom('confirmation').where('token_hash', '=', tokenHash).executeTakeFirst();
      return result.numDeletedRows > 0n;
    },

    async idsOf(conversations) {
      if (conversations.length === 0) return [];
      const query = db.selectFrom('outbox').select('id').where('conversation', 'in', conversations);
      return (await query.orderBy('id').execute()).map(({ id }) => id);
    },

    async forget(conversations) {
      if (conversations.length === 0) return;
      await db.transaction().execute(async (transaction) => {
        await transaction.deleteFrom('outbox').where('conversation', 'in', conversations).execute();
        await transaction.deleteFrom('confirmation').where('conversation', 'in', conversations).execute();
        const position = transaction.updateTable('follower').set({ memory: JSON.stringify(nobodyIsLeft) });
        const theirs = position.where('follower', '=', mailFollower).where('memory', '<>', '');
        await theirs.where('conversation', 'in', conversations).execute();
      });
    },

    sweep: (before) =>
      db.transaction().execute(async (transaction) => {
        await transaction.deleteFrom('confirmation').where('expires_at', '<', before).execute();
        const query = transaction.deleteFrom('outbox').where('created_at', '<', before).where('state', '<>', 'waiting');
        return (await query.returning('id').execute()).map(({ id }) => id);
      }),
  };
}

const nobodyIsLeft: TranscriptStanding = { ...nobodyWaits, hasEnded: true };

const toMail = (row: Selectable<OutboxTable>): OutboxMail => ({
  id: row.id,
  organization: row.organization,
  subject: subjectOf(row),
  recipient: row.recipient,
  language: row.language,
  createdAt: row.created_at,
  state: row.state,
  tries: row.tries,
  triedAt: row.tried_at,
  nextAt: row.next_at,
  failure: row.failure === null ? null : { code: row.failure, detail: row.detail ?? '' },
  secret: row.secret,
});

function subjectOf({ kind, conversation, site, agent, seq }: Selectable<OutboxTable>): MailSubject {
  if (kind === 'invitation' && agent) return { kind, agent };
  if (kind === 'confirmation' && conversation && site) return { kind, conversation, site };
  if (kind === 'transcript' && conversation && site) return { kind, conversation, site, seq: seq ?? 0 };
  throw new Error(`A mail of the kind ${kind} is not about anything.`);
}

const toConfirmation = (row: Selectable<ConfirmationTable>): Confirmation => ({
  tokenHash: row.token_hash,
  organization: row.organization,
  conversation: row.conversation,
  site: row.site,
  email: row.email,
  language: row.language,
  expiresAt: row.expires_at,
});
