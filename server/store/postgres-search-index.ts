import { type Kysely, sql, type Transaction } from 'kysely';
import type { Schema } from './schema.ts';
import type { IndexQuestion, SearchDocument, SearchIndex } from './search-index.ts';
import type { FoundConversation } from './search-store.ts';

/** So many of the newest conversations are looked through one by one, before the index is asked for all others. */
const newest = 2000;

/** A `tsvector` made of our own words, and GIN over words and marks together. */
export const postgresSearchIndex: SearchIndex = {
  async read(db, conversation) {
    const words = sql<string[]>`tsvector_to_array(words)`.as('words');
    const query = db.selectFrom('search_document').select(['number', words]).where('conversation', '=', conversation);
    return (await query.executeTakeFirst()) ?? null;
  },

  async add(db, { number, conversation, organization, words, marks, isSettled }) {
    const done = await sql`
      insert into search_document (number, conversation, organization, words, marks, settled)
      values (${number}, ${conversation}, ${organization}, ${vector(words)}, ${marks}::text[], ${Number(isSettled)})
      on conflict (number) do nothing`.execute(db);
    return (done.numAffectedRows ?? 0n) > 0n;
  },

  async replace(db, { number, words, marks, isSettled }) {
    await sql`
      update search_document set words = ${vector(words)}, marks = ${marks}::text[], settled = ${Number(isSettled)}
      where number = ${number}`.execute(db);
  },

  find: (db, question, limit) => db.transaction().execute((transaction) => findInSteps(transaction, question, limit)),
};

const vector = (words: SearchDocument['words']) => sql`array_to_tsvector(${words}::text[])`;

/** A word that many of them have is found among the newest; of a rare one the index has a short list. */
async function findInSteps(db: Transaction<Schema>, question: IndexQuestion, limit: number) {
  await planBy(db, 'rows');
  const from = await floorOf(db, question);
  const found = await findIn(db, { ...question, from }, 'rows', limit);
  if (found.length >= limit || from <= question.from) return found;
  await planBy(db, 'words');
  return [...found, ...(await findIn(db, { ...question, before: from }, 'words', limit - found.length))];
}

type Way = 'rows' | 'words';

/**
 * For this transaction. Left to itself, the planner guesses how often a word comes, and at times reads all rows, the newest
 * first, for a rare one.
 */
async function planBy(db: Kysely<Schema>, way: Way): Promise<void> {
  const [rows, words] = way === 'rows' ? ['on', 'off'] : ['off', 'on'];
  await sql`select set_config('enable_seqscan', 'off', true), set_config('enable_indexscan', ${rows}, true),
    set_config('enable_bitmapscan', ${words}, true)`.execute(db);
}

/** The lowest number of the newest. */
async function floorOf(db: Kysely<Schema>, { organization, from, before }: IndexQuestion): Promise<number> {
  const query = db.selectFrom('search_document').select('number').where('organization', '=', organization);
  const row = await query
    .where('number', '>=', from)
    .where('number', '<', before)
    .orderBy('number', 'desc')
    .offset(newest - 1)
    .limit(1)
    .executeTakeFirst();
  return row?.number ?? from;
}

async function findIn(
  db: Kysely<Schema>,
  { organization, words, marks, from, before }: IndexQuestion,
  way: Way,
  limit: number,
) {
  const conditions = [
    ...marks.map((group) => (group.length === 1 ? sql`marks @> ${group}::text[]` : sql`marks && ${group}::text[]`)),
    ...(words.length > 0 ? [sql`words @@ ${queryOf(words)}::tsquery`] : []),
  ];
  // As sums, they are no conditions for the index over them, which would be read in place of the one of words.
  const [place, owner] = way === 'rows' ? [sql`number`, sql`organization`] : [sql`number + 0`, sql`organization || ''`];
  const { rows } = await sql<FoundConversation>`
    select number, conversation from search_document
    where ${owner} = ${organization} and ${place} >= ${from} and ${place} < ${before}
      and ${sql.join(conditions, sql` and `)}
    order by number desc limit ${limit}`.execute(db);
  return rows;
}

/** Words are letters, digits and `=` alone; in quotes they can't be read as anything else. */
const queryOf = (words: IndexQuestion['words']): string =>
  words.map(({ word, isOpen }) => `'${word}'${isOpen ? ':*' : ''}`).join(' & ');
