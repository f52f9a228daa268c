import { type Kysely, type SqlBool, sql, type Transaction } from 'kysely';
import type { ConversationId, OrganizationId, SessionId } from '../../protocol/ids.ts';
import type { PersonQuery } from '../../protocol/privacy.ts';
import { foldEmail } from '../domain/emails.ts';
import type { Database } from './database.ts';
import { createErasures } from './erasures.ts';
import { createExportLinks } from './export-links.ts';
import { advance } from './followers.ts';
import { portions } from './portions.ts';
import { type EmailStep, emailFollower, type PersonalData, type Privacy } from './privacy-store.ts';
import { createRetention } from './retention.ts';
import type { Schema } from './schema.ts';

/** What hangs on a visitor as a person: found by whom it is of, or by how old it is. */
export function createPrivacy({ db, scrub }: Database): Privacy {
  return {
    ...createErasures(db),
    ...createExportLinks(db),
    ...createRetention(db),
    scrub,
    recordEmails: (steps) => db.transaction().execute((transaction) => recordEmails(transaction, steps)),

    async setHeld(conversations, isHeld) {
      for (const ids of portions(conversations))
        await db
          .updateTable('conversation')
          .set({ held: isHeld ? 1 : 0 })
          .where('id', 'in', ids)
          .execute();
    },

    async find(organization, person) {
      const named = await conversationsOf(db, organization, person);
      const conversations = [...new Set([...named, ...(await besideThem(db, named))])];
      const ofThem = await sessionsOf(db, conversations);
      const sessions = new Set([...ofThem, ...(await sessionsNamed(db, organization, person))]);
      return { conversations, sessions: [...sessions], ...(await sums(db, conversations)) };
    },
  };
}

async function recordEmails(db: Transaction<Schema>, steps: readonly EmailStep[]): Promise<ConversationId[]> {
  const lost: ConversationId[] = [];
  for (const { organization, emails, ...step } of [...steps].sort((a, b) =>
    a.conversation < b.conversation ? -1 : 1,
  )) {
    if (!(await advance(db, emailFollower, step))) lost.push(step.conversation);
    else if (emails.length > 0) {
      const rows = emails.map((email) => ({ organization, email, conversation: step.conversation }));
      await db
        .insertInto('visitor_email')
        .values(rows)
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    }
  }
  return lost;
}

async function conversationsOf(db: Kysely<Schema>, organization: OrganizationId, { by, value, site }: PersonQuery) {
  let query = db.selectFrom('conversation').select('id').where('organization', '=', organization);
  if (site !== null) query = query.where('site', '=', site);
  if (by === 'email') {
    const known = db.selectFrom('visitor_email').select('conversation').where('organization', '=', organization);
    query = query.where('id', 'in', known.where('email', '=', foldEmail(value)));
  } else {
    const theirs = db.selectFrom('session').select('id').where('organization', '=', organization);
    query = query.where((where) =>
      where.or([where('subject', '=', value), where('session', 'in', theirs.where('subject', '=', value))]),
    );
  }
  return (await query.orderBy('requested_at').execute()).map(({ id }) => id);
}

/** What the same browser said without a name: it can be nobody else's that is known. */
async function besideThem(db: Kysely<Schema>, named: readonly ConversationId[]): Promise<ConversationId[]> {
  const found: ConversationId[] = [];
  for (const ids of portions(named)) {
    const sessions = db.selectFrom('conversation').select('session').where('id', 'in', ids);
    const rows = await db
      .selectFrom('conversation')
      .innerJoin('session', 'session.id', 'conversation.session')
      .select('conversation.id')
      .where('conversation.session', 'in', sessions)
      .where('conversation.subject', 'is', null)
      .where('session.subject', 'is', null)
      .where(sql<SqlBool>`not exists (select 1 from visitor_email where visitor_email.conversation = conversation.id)`)
      .execute();
    found.push(...rows.map(({ id }) => id));
  }
  return found;
}

async function sessionsOf(db: Kysely<Schema>, conversations: readonly ConversationId[]): Promise<SessionId[]> {
  const found = new Set<SessionId>();
  for (const ids of portions(conversations))
    for (const { session } of await db.selectFrom('conversation').select('session').where('id', 'in', ids).execute())
      found.add(session);
  return [...found];
}

async function sessionsNamed(db: Kysely<Schema>, organization: OrganizationId, { by, value, site }: PersonQuery) {
  if (by !== 'subject') return [];
  let query = db.selectFrom('session').select('id').where('organization', '=', organization);
  if (site !== null) query = query.where('site', '=', site);
  return (await query.where('subject', '=', value).execute()).map(({ id }) => id);
}

async function sums(db: Kysely<Schema>, conversations: readonly ConversationId[]) {
  const result = { held: 0, files: 0, fileBytes: 0, firstAt: null as number | null, lastAt: null as number | null };
  for (const ids of portions(conversations)) {
    const files = await db
      .selectFrom('file')
      .select(({ fn }) => [fn.countAll<number>().as('files'), fn.sum<number | null>('bytes').as('bytes')])
      .where('conversation', 'in', ids)
      .executeTakeFirstOrThrow();
    const times = await db
      .selectFrom('conversation')
      .select(({ fn }) => [
        fn.min('requested_at').as('first'),
        fn.max('requested_at').as('last'),
        fn.sum<number>('held').as('held'),
      ])
      .where('id', 'in', ids)
      .executeTakeFirstOrThrow();
    result.held += Number(times.held);
    result.files += Number(files.files);
    result.fileBytes += Number(files.bytes ?? 0);
    result.firstAt = Math.min(result.firstAt ?? times.first, times.first);
    result.lastAt = Math.max(result.lastAt ?? times.last, times.last);
  }
  return result satisfies Omit<PersonalData, 'conversations' | 'sessions'>;
}
