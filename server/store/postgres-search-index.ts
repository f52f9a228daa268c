import { type Kysely, sql, type Transaction } from 'kysely';
import type { Schema } from './schema.ts';
import type { IndexQuestion, SearchDocument, SearchIndex } from './search-index.ts';
import type { FoundConversation } from './search-store.ts';

/**
 * How many of the newest conversations are looked through one by one, and how many more are asked of the index at a time.
 * A word that many of them have is found among the first; of a rare one the index has a short list; and for what is common
 * and old, each list is read as far as the next step goes.
 */
const steps = [2000, 20_000, 200_000, Number.POSITIVE_INFINITY];

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

async function findInSteps(db: Transaction<Schema>, question: IndexQuestion, limit: number) {
  const found: FoundConversation[] = [];
  let before = question.before;
  for (const [place, size] of steps.entries()) {
    if (place < 2) await planBy(db, place === 0 ? 'rows' : 'words');
    const from = await floorOf(db, { ...question, before }, size);
    found.push(...(await findIn(db, { ...question, from, before }, limit - found.length)));
    if (found.length >= limit || from <= question.from) break;
    before = from;
  }
  return found;
}

/**
 * For this transaction. Left to itself, the planner guesses how often a word comes, and at times reads all rows, the newest
 * first, for a rare one.
 */
async function planBy(db: Kysely<Schema>, way: 'rows' | 'words'): Promise<void> {
  const [rows, words] = way === 'rows' ? ['on', 'off'] : ['off', 'on'];
  await sql`select set_config('enable_seqscan', 'off', true), set_config('enable_indexscan', ${rows}, true),
    set_config('enable_bitmapscan', ${words}, true)`.execute(db);
}

/** The lowest number of so many that come next. */
async function floorOf(
  db: Kysely<Schema>,
  { organization, from, before }: IndexQuestion,
  size: number,
): Promise<number> {
  if (size === Number.POSITIVE_INFINITY) return from;
  const query = db.selectFrom('search_document').select('number').where('organization', '=', organization);
  const row = await query
    .where('number', '>=', from)
    .where('number', '<', before)
    .orderBy('number', 'desc')
    .offset(size - 1)
    .limit(1)
    .executeTakeFirst();
  return row?.number ?? from;
}

async function findIn(db: Kysely<Schema>, { organization, words, marks, from, before }: IndexQuestion, limit: number) {
  const conditions = [
    ...marks.map((group) => (group.length === 1 ? sql`marks @> ${group}::text[]` : sql`marks && ${group}::text[]`)),
    ...(words.length > 0 ? [sql`words @@ ${queryOf(words)}::tsquery`] : []),
  ];
  const { rows } = await sql<FoundConversation>`
    select number, conversation from search_document
    where organization = ${organization} and number >= ${from} and number < ${before}
      and ${sql.join(conditions, sql` and `)}
    order by number desc limit ${limit}`.execute(db);
  return rows;
}

/** Words are letters, digits and `=` alone; in quotes they can't be read as anything else. */
const queryOf = (words: IndexQuestion['words']): string =>
  words.map(({ word, isOpen }) => `'${word}'${isOpen ? ':*' : ''}`).join(' & ');
