import { sql } from 'kysely';
import type { IndexQuestion, SearchDocument, SearchIndex } from './search-index.ts';
import type { FoundConversation } from './search-store.ts';

/**
 * FTS5 over what is settled. An index that forgets (`secure-delete`) takes a word out of every list that it stands in, which
 * for one document is a hundred pages to write: so what still changes with every message is not in it, and is compared row
 * by row. There is little of that at any time. Triggers keep index and table the same (`0005-search.ts`).
 */
export const sqliteSearchIndex: SearchIndex = {
  async read(db, conversation) {
    const query = db.selectFrom('search_document').select(['number', 'words']).where('conversation', '=', conversation);
    const row = await query.executeTakeFirst();
    return row ? { number: row.number, words: row.words === '' ? [] : row.words.split(' ') } : null;
  },

  async add(db, document) {
    const query = db.insertInto('search_document').values(rowOf(document));
    const done = await query.onConflict((conflict) => conflict.column('number').doNothing()).executeTakeFirst();
    return (done.numInsertedOrUpdatedRows ?? 0n) > 0n;
  },

  async replace(db, document) {
    const { number, ...change } = rowOf(document);
    await db.updateTable('search_document').set(change).where('number', '=', number).execute();
  },

  async find(db, question, limit) {
    const settled = await settledQuery(question, limit).execute(db);
    const changing = await changingQuery(question, limit).execute(db);
    return [...settled.rows, ...changing.rows].sort((a, b) => b.number - a.number).slice(0, limit);
  },
};

const rowOf = ({ number, conversation, organization, words, marks, isSettled }: SearchDocument) => ({
  number,
  conversation,
  organization,
  words: words.join(' '),
  marks: marks.join(' '),
  settled: Number(isSettled),
});

/** In the order of the index, so that it stops at the limit; `cross join` keeps the tables in this order. */
const settledQuery = ({ organization, words, marks, from, before }: IndexQuestion, limit: number) =>
  sql<FoundConversation>`
    select d.number, d.conversation from search_index cross join search_document as d on d.number = search_index.rowid
    where search_index match ${expressionOf(words, marks)}
      and search_index.rowid >= ${from} and search_index.rowid < ${before} and d.organization = ${organization}
    order by search_index.rowid desc limit ${limit}`;

/** Words and marks are letters, digits and `=` alone; in quotes they can't be read as anything else. */
function expressionOf(words: IndexQuestion['words'], marks: IndexQuestion['marks']): string {
  const asked = words.map(({ word, isOpen }) => `words:"${word}"${isOpen ? '*' : ''}`);
  const groups = marks.map((group) => `(${group.map((mark) => `marks:"${mark}"`).join(' OR ')})`);
  return [...groups, ...asked].join(' AND ');
}

function changingQuery({ organization, words, marks, from, before }: IndexQuestion, limit: number) {
  const has = (column: 'words' | 'marks', piece: string) => sql`instr(' ' || ${sql.ref(column)} || ' ', ${piece}) > 0`;
  const conditions = [
    ...marks.map(
      (group) =>
        sql`(${sql.join(
          group.map((mark) => has('marks', ` ${mark} `)),
          sql` or `,
        )})`,
    ),
    ...words.map(({ word, isOpen }) => has('words', isOpen ? ` ${word}` : ` ${word} `)),
  ];
  return sql<FoundConversation>`
    select number, conversation from search_document
    where settled = 0 and organization = ${organization} and number >= ${from} and number < ${before}
      and ${sql.join(conditions, sql` and `)}
    order by number desc limit ${limit}`;
}
