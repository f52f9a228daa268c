import multipart, { type Multipart } from '@fastify/multipart';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { HttpError, Uploaded, UploadQuery } from '../../protocol/http.ts';
import { ConversationId } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import type { Context } from '../context.ts';
import { FileProblem } from '../files/file-problem.ts';
import type { Uploader } from '../files/files.ts';
import type { ConversationHead } from '../store/store.ts';
import { createFileAccess } from './file-access.ts';
import { HttpProblem } from './http-errors.ts';
import { staffOf } from './staff.ts';

const Params = Type.Object({ id: ConversationId }, { additionalProperties: false });
/** The files of a message, and what a form puts around them. */
const uploadBytes = limits.filesPerMessage * limits.fileBytes + 64 * 1024;
const dayMs = 24 * 3_600_000;
const retryAfterSeconds = { no_space: 300, unavailable: 60, too_many: 3600 } as Readonly<Record<string, number>>;

/** Uploads to a conversation: by its agents, and from the site's pages by its visitor. */
export const uploadRoutes =
  (context: Context): FastifyPluginAsyncTypebox =>
  async (app) => {
    const { store, files, now } = context;
    const access = createFileAccess(context);
    await app.register(multipart, {
      throwFileSizeLimit: false,
      limits: {
        fileSize: limits.fileBytes,
        // One more than are taken, so that what is one too many is noticed and not left out.
        files: limits.filesPerMessage + 1,
        fields: 1,
        parts: limits.filesPerMessage + 2,
        headerPairs: 20,
        fieldNameSize: 100,
        fieldSize: 1024,
      },
    });

    async function receive(request: FastifyRequest, uploader: Uploader): Promise<Uploaded> {
      if (!request.isMultipart()) throw new HttpProblem('unsupported_type', 'Send files as multipart/form-data.');
      try {
        return { files: await files.receive(uploader, request.parts() as AsyncIterable<Multipart>) };
      } catch (error) {
        if (!(error instanceof FileProblem)) throw error;
        const seconds = retryAfterSeconds[error.code];
        throw new HttpProblem(error.code, error.message, seconds === undefined ? {} : { retryAfterSeconds: seconds });
      }
    }

    async function mustHaveQuota({ id }: ConversationHead): Promise<void> {
      const { files: count, bytes } = await store.files.uploadedByVisitor(id, now() - dayMs);
      if (count >= limits.filesPerVisitorDay || bytes >= limits.fileBytesPerVisitorDay)
        throw new HttpProblem('too_many', 'No more files for now.', { retryAfterSeconds: 3600 });
    }

    /** Only for pages of the site; before anything else, so that these can read why they were refused. */
    async function allowOrigin(request: FastifyRequest, reply: FastifyReply, id: ConversationId): Promise<void> {
      const { origin } = request.headers;
      // No browser: there is no page whose script could be kept from the answer.
      if (origin === undefined) return;
      const head = await store.conversations.find(id);
      const site = head && (await store.sites.find(head.site));
      if (!site?.origins.includes(origin))
        throw new HttpProblem('origin_refused', 'This origin is not on the list of the site.');
      reply.header('access-control-allow-origin', origin).header('vary', 'origin');
    }

    app.post(
      '/conversations/:id/files',
      {
        config: { access: 'agent' },
        bodyLimit: uploadBytes,
        schema: {
          summary: 'Upload up to five files for a message',
          consumes: ['multipart/form-data'],
          params: Params,
          querystring: UploadQuery,
          response: { 201: Uploaded, '4xx': HttpError, '5xx': HttpError },
        },
      },
      async (request, reply) => {
        const { agent } = staffOf(request);
        const { audience } = request.query;
        const head = await access.agentUploads(agent, request.params.id, audience);
        const uploader = { head, agent: agent.id, audience };
        return reply.code(201).send(await receive(request, uploader));
      },
    );

    app.options(
      '/visitor/conversations/:id/files',
      { config: { access: 'public', crossOrigin: true }, schema: { hide: true, params: Params } },
      async (request, reply) => {
        await allowOrigin(request, reply, request.params.id);
        return reply
          .header('access-control-allow-methods', 'POST')
          .header('access-control-allow-headers', 'authorization')
          .header('access-control-max-age', 600)
          .code(204)
          .send();
      },
    );

    app.post(
      '/visitor/conversations/:id/files',
      {
        config: { access: 'public', crossOrigin: true },
        bodyLimit: uploadBytes,
        schema: {
          summary: 'Upload up to five files for a message, as the visitor; the ticket is in Authorization',
          consumes: ['multipart/form-data'],
          params: Params,
          response: { 201: Uploaded, '4xx': HttpError, '5xx': HttpError },
        },
      },
      async (request, reply) => {
        await allowOrigin(request, reply, request.params.id);
        const head = await access.visitorUploads(request, request.params.id);
        await mustHaveQuota(head);
        return reply.code(201).send(await receive(request, { head, agent: null, audience: 'everyone' }));
      },
    );
  };
