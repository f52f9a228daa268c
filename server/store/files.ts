import type { Kysely, Selectable } from 'kysely';
import type { Files, StoredFile } from './files-store.ts';
import type { FileTable, Schema } from './schema.ts';

/** The table `file`: what each blob is, whose, and whether a message carries it. */
export function createFiles(db: Kysely<Schema>): Files {
  return {
    async create({ command, createdAt, ...file }) {
      await db
        .insertInto('file')
        .values({ ...file, command_id: command, created_at: createdAt })
        .execute();
    },

    async find(id) {
      const row = await db.selectFrom('file').selectAll().where('id', '=', id).executeTakeFirst();
      return row ? toFile(row) : null;
    },

    async findAll(ids) {
      if (ids.length === 0) return [];
      const rows = await db.selectFrom('file').selectAll().where('id', 'in', ids).execute();
      const found = new Map(rows.map((row) => [row.id, toFile(row)]));
      return ids.flatMap((id) => found.get(id) ?? []);
    },

    async setReady(id) {
      await db
        .updateTable('file')
        .set({ state: 'ready' })
        .where('id', '=', id)
        .where('state', '=', 'pending')
        .execute();
    },

    take: (ids, command) =>
      db.transaction().execute(async (transaction) => {
        const mine = transaction
          .updateTable('file')
          .set({ state: 'taken', command_id: command })
          .where('id', 'in', ids);
        await mine.where('state', '=', 'ready').execute();
        const taken = transaction.selectFrom('file').select('id').where('id', 'in', ids);
        const isAll = (await taken.where('command_id', '=', command).execute()).length === ids.length;
        if (!isAll) {
          const back = transaction.updateTable('file').set({ state: 'ready', command_id: null }).where('id', 'in', ids);
          await back.where('state', '=', 'taken').where('command_id', '=', command).execute();
        }
        return isAll;
      }),

    async markSent(ids, command) {
      const query = db.updateTable('file').set({ state: 'sent', command_id: command }).where('id', 'in', ids);
      await query.where('state', '<>', 'sent').execute();
    },

    async release(ids, command) {
      const query = db.updateTable('file').set({ state: 'ready', command_id: null }).where('id', 'in', ids);
      await query.where('state', '=', 'taken').where('command_id', '=', command).execute();
    },

    async unsent(before, limit) {
      const query = db.selectFrom('file').selectAll().where('state', '<>', 'sent').where('created_at', '<', before);
      return (await query.orderBy('created_at').limit(limit).execute()).map(toFile);
    },

    async delete(id, state) {
      const query = db.deleteFrom('file').where('id', '=', id).where('state', '=', state);
      return (await query.executeTakeFirst()).numDeletedRows > 0n;
    },

    async uploadedByVisitor(conversation, since) {
      const { files, bytes } = await db
        .selectFrom('file')
        .select(({ fn }) => [fn.countAll<number>().as('files'), fn.sum<number | null>('bytes').as('bytes')])
        .where('conversation', '=', conversation)
        .where('agent', 'is', null)
        .where('created_at', '>=', since)
        .executeTakeFirstOrThrow();
      return { files: Number(files), bytes: Number(bytes ?? 0) };
    },
  };
}

const toFile = ({ command_id, created_at, ...row }: Selectable<FileTable>): StoredFile => ({
  ...row,
  command: command_id,
  createdAt: created_at,
});
