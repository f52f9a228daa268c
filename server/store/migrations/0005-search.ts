import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** The chat log's full-text index. A follower fills it, from the first event of every conversation there is. */
const migration = (statements: readonly string[]): Migration => ({
  async up(db: Kysely<unknown>) {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
});

/** `number` says when it was requested; nothing else orders the log. */
const table = (words: string, marks: string) => `create table search_document (
  number bigint not null primary key, conversation text not null unique references conversation on delete cascade,
  organization text not null references organization, words ${words} not null, marks ${marks} not null,
  settled bigint not null)`;

const indexes = [
  'create index search_document_organization on search_document (organization, number)',
  'create index search_document_changing on search_document (organization, number) where settled = 0',
];

const takeOut = `insert into search_index (search_index, rowid, words, marks)
  select 'delete', old.number, old.words, old.marks where old.settled = 1`;
const putIn = `insert into search_index (rowid, words, marks)
  select new.number, new.words, new.marks where new.settled = 1`;

export const sqliteSearch = migration([
  // An alias of the rowid, which the index names its documents by.
  table('text', 'text').replace('bigint not null primary key', 'integer not null primary key'),
  ...indexes,
  // Which words are in it, not where; and of what is deleted, nothing stays behind in the file.
  `create virtual table search_index using fts5 (words, marks, content = 'search_document', content_rowid = 'number',
    detail = column, columnsize = 0, tokenize = "ascii tokenchars '='")`,
  `insert into search_index (search_index, rank) values ('secure-delete', 1)`,
  `create trigger search_document_added after insert on search_document begin ${putIn}; end`,
  `create trigger search_document_deleted after delete on search_document begin ${takeOut}; end`,
  `create trigger search_document_changed after update on search_document begin ${takeOut}; ${putIn}; end`,
]);

export const postgresSearch = migration([
  table('tsvector', 'text[]'),
  ...indexes,
  // What is written is put off into a list that every search reads through, so it is kept short.
  `create index search_document_words on search_document using gin (words, marks) with (gin_pending_list_limit = 512)`,
]);
