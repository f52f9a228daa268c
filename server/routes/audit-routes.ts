import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { type AuditEntry, AuditPage, AuditQuery } from '../../protocol/audit.ts';
import { HttpError } from '../../protocol/http.ts';
import { limits } from '../../protocol/limits.ts';
import type { Context } from '../context.ts';
import type { AuditRecord } from '../store/audit-store.ts';
import { staffOf } from './staff.ts';

/** Who changed what. Nothing here writes. */
export const auditRoutes =
  ({ store }: Context): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/audit',
      {
        config: { access: 'admin' },
        schema: {
          summary: 'The audit log, the newest first',
          querystring: AuditQuery,
          response: { 200: AuditPage, '4xx': HttpError },
        },
      },
      async (request) => {
        const { query } = request;
        const { organization } = staffOf(request).agent;
        const [at, id] = query.before?.split('.') ?? [];
        const before = id === undefined ? null : { at: Number(at), id };
        const records = await store.audit.page(organization, query, before, limits.auditPage);
        const last = records.at(-1);
        return {
          entries: records.map(viewOf),
          next: records.length === limits.auditPage && last ? `${last.at}.${last.id}` : null,
        };
      },
    );
  };

const viewOf = ({ id, at, actor, actorName, action, target, before, after, address }: AuditRecord): AuditEntry => ({
  id,
  at,
  actor: { id: actor, name: actorName },
  action,
  target,
  before,
  after,
  address,
});
