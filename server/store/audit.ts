import type { Kysely, Selectable } from 'kysely';
import type { Audit, AuditRecord } from './audit-store.ts';
import type { AuditTable, Schema } from './schema.ts';

/** The table `audit`. There is no statement that changes or deletes a row of it. */
export function createAudit(db: Kysely<Schema>): Audit {
  return {
    async append(record) {
      await db.insertInto('audit').values(toRow(record)).execute();
    },

    async page(organization, { actor, kind }, before, limit) {
      let query = db.selectFrom('audit').selectAll().where('organization', '=', organization);
      if (actor !== undefined) query = query.where('actor', '=', actor);
      if (kind !== undefined) query = query.where('target_kind', '=', kind);
      if (before)
        query = query.where((where) =>
          where.or([
            where('at', '<', before.at),
            where.and([where('at', '=', before.at), where('id', '<', before.id)]),
          ]),
        );
      const rows = await query.orderBy('at', 'desc').orderBy('id', 'desc').limit(limit).execute();
      return rows.map(toRecord);
    },
  };
}

const toRow = ({ actorName, target, before, after, ...record }: AuditRecord): AuditTable => ({
  ...record,
  actor_name: actorName,
  target_kind: target?.kind ?? null,
  target: target?.id ?? null,
  target_name: target?.name ?? null,
  state_before: textOf(before),
  state_after: textOf(after),
});

const textOf = (value: unknown) => (value === null || value === undefined ? null : JSON.stringify(value));
const stateOf = (text: string | null): unknown => (text === null ? null : JSON.parse(text));

const toRecord = (row: Selectable<AuditTable>): AuditRecord => ({
  id: row.id,
  organization: row.organization,
  at: row.at,
  actor: row.actor,
  actorName: row.actor_name,
  action: row.action,
  target:
    row.target_kind === null ? null : { kind: row.target_kind, id: row.target ?? '', name: row.target_name ?? '' },
  before: stateOf(row.state_before),
  after: stateOf(row.state_after),
  address: row.address,
});
