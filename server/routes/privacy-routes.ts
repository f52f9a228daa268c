import { Readable } from 'node:stream';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { HttpError } from '../../protocol/http.ts';
import { limits } from '../../protocol/limits.ts';
import { Erasures, ErasureView, HoldChange, NewExport, PersonQuery, PersonSummary } from '../../protocol/privacy.ts';
import type { Context } from '../context.ts';
import { createSecretToken, hashToken } from '../identity/secret-token.ts';
import { exportPerson } from '../privacy/export-person.ts';
import { personHash } from '../privacy/person-hash.ts';
import type { Erasure, PersonalData } from '../store/privacy-store.ts';
import { auditor } from './audited.ts';
import { HttpProblem } from './http-errors.ts';
import { siteOf } from './site-view.ts';
import { staffOf } from './staff.ts';

const closed = { additionalProperties: false } as const;
const access = { config: { access: 'admin' } } as const;
const Params = Type.Object({ token: Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' }) }, closed);

/**
 * One visitor's data, for who answers for it: found, handed out, erased. Whom it is about stands in the body of a request
 * and never in an address, which others log.
 */
export const privacyRoutes =
  (context: Context): FastifyPluginAsyncTypebox =>
  async (app) => {
    const { store, people, files, now } = context;
    const audit = auditor(context);

    /** Their data, and how the audit log names them. */
    async function look(request: Parameters<typeof staffOf>[0], person: PersonQuery) {
      const { agent } = staffOf(request);
      if (person.site !== null) await siteOf(store, request, person.site);
      return { agent, found: await people.find(agent, person), hash: personHash(agent.organization, person) };
    }

    app.post(
      '/privacy/find',
      {
        ...access,
        schema: {
          summary: 'How much is kept of one visitor',
          body: PersonQuery,
          response: { 200: PersonSummary, '4xx': HttpError },
        },
      },
      async (request) => {
        const { found, hash } = await look(request, request.body);
        await audit(request, { action: 'privacy.find', after: { person: hash } });
        return summaryOf(found);
      },
    );

    app.post(
      '/privacy/hold',
      {
        ...access,
        schema: {
          summary: 'Put all that is kept of one visitor under a legal hold, or lift it',
          body: HoldChange,
          response: { 200: PersonSummary, '4xx': HttpError },
        },
      },
      async (request) => {
        const { held, ...person } = request.body;
        const { found, hash } = await look(request, person);
        await store.privacy.setHeld(found.conversations, held);
        const after = { person: hash, conversations: found.conversations.length };
        await audit(request, { action: held ? 'privacy.hold' : 'privacy.release', after });
        return summaryOf({ ...found, held: held ? found.conversations.length : 0 });
      },
    );

    app.post(
      '/privacy/erasures',
      {
        ...access,
        schema: {
          summary: 'Erase one visitor, for good',
          body: PersonQuery,
          response: { 202: ErasureView, '4xx': HttpError },
        },
      },
      async (request, reply) => {
        const { agent, found } = await look(request, request.body);
        if (found.held > 0) throw new HttpProblem('conflict', 'Some of it is under a legal hold. Lift that first.');
        const erasure = await people.erase(agent, request.body);
        if (!erasure) throw new HttpProblem('not_found', 'Nothing is kept of such a visitor.');
        const { person, conversations, files: count } = erasure;
        await audit(request, { action: 'privacy.erase', after: { person, conversations, files: count } });
        return reply.code(202).send(viewOf(erasure));
      },
    );

    app.get(
      '/privacy/erasures',
      { ...access, schema: { summary: 'The latest erasures', response: { 200: Erasures, '4xx': HttpError } } },
      async (request) => {
        const { organization } = staffOf(request).agent;
        const erasures = await store.privacy.erasuresOf(organization, limits.erasuresShown);
        return { erasures: erasures.map(viewOf) };
      },
    );

    app.post(
      '/privacy/exports',
      {
        ...access,
        schema: {
          summary: 'Make a link to what is kept of one visitor, good once and for a day',
          body: PersonQuery,
          response: { 201: NewExport, '4xx': HttpError },
        },
      },
      async (request, reply) => {
        const { agent, found, hash } = await look(request, request.body);
        if (found.conversations.length === 0) throw new HttpProblem('not_found', 'Nothing is kept of such a visitor.');
        const token = createSecretToken();
        const expiresAt = now() + limits.exportLinkMs;
        const { organization, id } = agent;
        const { conversations } = found;
        await store.privacy.addExportLink({
          tokenHash: hashToken(token),
          organization,
          agent: id,
          expiresAt,
          conversations,
        });
        await audit(request, {
          action: 'privacy.export',
          after: { person: hash, conversations: conversations.length },
        });
        return reply.code(201).send({ token, expiresAt });
      },
    );

    app.get(
      '/privacy/exports/:token',
      {
        ...access,
        schema: {
          summary: 'What is kept of one visitor, as JSON; once, for who made the link',
          params: Params,
          response: { 200: Type.Unsafe<Readable>({ type: 'object' }), '4xx': HttpError },
        },
      },
      async (request, reply) => {
        const link = await store.privacy.takeExportLink(
          hashToken(request.params.token),
          staffOf(request).agent.id,
          now(),
        );
        if (!link) throw new HttpProblem('not_found', 'There is no such export any more; make another.');
        await audit(request, { action: 'privacy.download', after: { conversations: link.conversations.length } });
        const pieces = exportPerson({ store, files, conversations: link.conversations, at: now() });
        return reply
          .header('content-type', 'application/json; charset=utf-8')
          .header('content-disposition', 'attachment; filename="visitor.json"')
          .send(Readable.from(pieces));
      },
    );
  };

const summaryOf = ({ conversations, sessions, ...rest }: PersonalData): PersonSummary => ({
  ...rest,
  conversations: conversations.length,
  sessions: sessions.length,
});

const hashShown = 12;

const viewOf = ({ id, person, agentName, requestedAt, doneAt, conversations, files }: Erasure): ErasureView => ({
  id,
  person: person.slice(0, hashShown),
  requestedBy: agentName,
  requestedAt,
  doneAt,
  conversations,
  files,
});
