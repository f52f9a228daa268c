import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { HttpError } from '../../protocol/http.ts';
import { MailId } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import { MailContent, MailsPage, MailsQuery, MailView } from '../../protocol/mail.ts';
import type { Context } from '../context.ts';
import { readMail } from '../mail/read-mail.ts';
import type { OutboxMail } from '../store/outbox-store.ts';
import { auditor } from './audited.ts';
import { HttpProblem } from './http-errors.ts';
import { staffOf } from './staff.ts';

const Params = Type.Object({ id: MailId }, { additionalProperties: false });
const access = { config: { access: 'admin' } } as const;

/** What left by mail, what waits, and what could not leave. Mails that stay in the data folder can be read here. */
export const mailRoutes =
  (context: Context): FastifyPluginAsyncTypebox =>
  async (app) => {
    const { store, mailer, mailFolder, postman, now } = context;
    const audit = auditor(context);

    async function mailOf(request: FastifyRequest, id: MailId): Promise<OutboxMail> {
      const mail = await store.outbox.find(staffOf(request).agent.organization, id);
      if (!mail) throw new HttpProblem('not_found', 'There is no such mail.');
      return mail;
    }

    async function fileOf(request: FastifyRequest, id: MailId): Promise<{ mail: OutboxMail; file: Buffer }> {
      const mail = await mailOf(request, id);
      const file = await mailFolder.read(id);
      if (!file) throw new HttpProblem('not_found', 'There is no such mail.');
      await audit(request, { action: 'mail.read', target: targetOf(mail) });
      return { mail, file };
    }

    app.get(
      '/mails',
      {
        ...access,
        schema: {
          summary: 'Mails, the newest first',
          querystring: MailsQuery,
          response: { 200: MailsPage, '4xx': HttpError },
        },
      },
      async (request) => {
        const [at, id] = request.query.before?.split('.') ?? [];
        const before = id === undefined ? null : { at: Number(at), id };
        const { organization } = staffOf(request).agent;
        const found = await store.outbox.page(organization, before, limits.mailPage);
        const last = found.at(-1);
        const next = found.length === limits.mailPage && last ? `${last.createdAt}.${last.id}` : null;
        return { way: mailer.way, mails: found.map(mailView), next };
      },
    );

    app.get(
      '/mails/:id',
      {
        ...access,
        schema: {
          summary: 'Read a mail that was written to the data folder',
          params: Params,
          response: { 200: MailContent, '4xx': HttpError },
        },
      },
      async (request) => readMail((await fileOf(request, request.params.id)).file),
    );

    app.get(
      '/mails/:id/file',
      {
        ...access,
        schema: {
          summary: 'The same as a file that mail programs open',
          params: Params,
          response: { 200: Type.Unsafe<Buffer>({ type: 'string', format: 'binary' }), '4xx': HttpError },
        },
      },
      async (request, reply) => {
        const { mail, file } = await fileOf(request, request.params.id);
        return reply
          .type('message/rfc822')
          .header('content-disposition', `attachment; filename="${mail.subject.kind}.eml"`)
          .send(file);
      },
    );

    app.post(
      '/mails/:id/retry',
      {
        ...access,
        schema: {
          summary: 'Try a mail that has not left now',
          params: Params,
          response: { 202: MailView, '4xx': HttpError },
        },
      },
      async (request, reply) => {
        const mail = await mailOf(request, request.params.id);
        if (!(await store.outbox.retry(mail.organization, mail.id, now())))
          throw new HttpProblem('conflict', 'It has left, or is one too many for its address.');
        await audit(request, { action: 'mail.retry', target: targetOf(mail) });
        postman.wake();
        return reply.code(202).send(mailView(await mailOf(request, mail.id)));
      },
    );
  };

/** No address: what is audited stays when a visitor is erased. */
const targetOf = ({ id, subject }: OutboxMail) => ({ kind: 'mail', id, name: subject.kind });

const mailView = (mail: OutboxMail): MailView => ({
  id: mail.id,
  kind: mail.subject.kind,
  conversation: 'conversation' in mail.subject ? mail.subject.conversation : null,
  recipient: mail.recipient,
  at: mail.createdAt,
  state: mail.state,
  tries: mail.tries,
  triedAt: mail.triedAt,
  nextTryAt: mail.nextAt,
  failure: mail.failure?.code ?? null,
  detail: mail.failure?.detail ?? '',
});
