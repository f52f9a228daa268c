import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { FirstRun, FirstRunState } from '../../protocol/administration.ts';
import { HttpError } from '../../protocol/http.ts';
import type { Context } from '../context.ts';
import { hashPassword } from '../identity/password.ts';
import { isSameSecret } from '../identity/secret-token.ts';
import { networkOf } from '../realtime/address-limits.ts';
import { EmailTaken, foundOrganization } from './found-organization.ts';
import { HttpProblem } from './http-errors.ts';
import { createSignInDelay } from './sign-in-delay.ts';
import { emailOf } from './staff-email.ts';

const open = { config: { access: 'public' } } as const;

/**
 * A server without an organization lets one be made, by who knows the code that it printed at its start: whoever finds
 * a fresh server on the network can't take it. Afterwards there is nothing here.
 */
export const firstRunRoutes =
  (context: Context): FastifyPluginAsyncTypebox =>
  async (app) => {
    const { store, firstRunCode, now } = context;
    const delay = createSignInDelay(now);
    const isOpen = async () => !(await store.queues.anyOrganization());
    /** One at a time: of two that are sent together, the second finds an organization. */
    let before: Promise<unknown> = Promise.resolve();

    async function found({ organization, name, email, password }: FirstRun): Promise<void> {
      const passwordHash = await hashPassword(password);
      if (!(await isOpen())) throw notFound();
      const person = { name, email: emailOf(email) };
      await foundOrganization(context, { organization, person, passwordHash }).catch((error) => {
        throw error instanceof EmailTaken ? new HttpProblem('conflict', error.message, { field: 'email' }) : error;
      });
    }

    app.get(
      '/first-run',
      {
        ...open,
        schema: {
          summary: 'Does this server wait for its first organization?',
          response: { 200: FirstRunState, '4xx': HttpError },
        },
      },
      async () => ({ open: await isOpen() }),
    );

    app.post(
      '/first-run',
      {
        ...open,
        schema: {
          summary: 'Make the first organization and its administrator',
          body: FirstRun,
          response: { 204: Type.Null(), '4xx': HttpError },
        },
      },
      async (request, reply) => {
        if (!(await isOpen())) throw notFound();
        const address = networkOf(request.ip);
        const waitMs = delay.begin('first run', address);
        if (waitMs > 0)
          throw new HttpProblem('too_many', 'Too many failed tries; wait a little.', {
            retryAfterSeconds: Math.ceil(waitMs / 1000),
          });
        if (!isSameSecret(request.body.code, firstRunCode))
          throw new HttpProblem('not_allowed', 'This is not the code that the server printed at its start.', {
            field: 'code',
          });
        delay.succeeded('first run', address);
        const made = before.then(() => found(request.body));
        before = made.catch(() => {});
        await made;
        return reply.code(204).send(null);
      },
    );
  };

const notFound = () => new HttpProblem('not_found', 'This server has its organization.');
