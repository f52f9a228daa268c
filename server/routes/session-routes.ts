import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { HttpError, SignedIn, SignIn } from '../../protocol/http.ts';
import type { AgentId } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import type { Context } from '../context.ts';
import { verifyPassword } from '../identity/password.ts';
import { createSecretToken, hashToken } from '../identity/secret-token.ts';
import { networkOf } from '../realtime/address-limits.ts';
import type { SignedInAgent } from '../realtime/signed-in.ts';
import { auditor, createDoorAudit } from './audited.ts';
import { HttpProblem } from './http-errors.ts';
import { passSecondFactor } from './second-factor.ts';
import { createSignInDelay } from './sign-in-delay.ts';
import { staffOf } from './staff.ts';
import { createStaffCookie } from './staff-cookie.ts';

/** Signing in and out, and who is signed in. */
export const sessionRoutes =
  (context: Context): FastifyPluginAsyncTypebox =>
  async (app) => {
    const { store, bus, config, now } = context;
    const audit = auditor(context);
    const door = createDoorAudit(context);
    const delay = createSignInDelay(now);
    const cookie = createStaffCookie(config.publicUrl);

    /** Its sockets too, in whichever tab they are. */
    async function endSession(agent: AgentId, tokenHash: string): Promise<void> {
      await store.staffSessions.delete(tokenHash);
      bus.publish(`agent:${agent}`, { kind: 'signed_out', only: tokenHash });
    }

    app.post(
      '/session',
      {
        config: { access: 'public' },
        schema: { summary: 'Sign in', body: SignIn, response: { 200: SignedIn, '4xx': HttpError } },
      },
      async (request, reply) => {
        const email = request.body.email.trim().toLowerCase();
        const address = networkOf(request.ip);
        const waitMs = delay.begin(email, address);
        if (waitMs > 0)
          throw new HttpProblem('too_many', 'Too many failed tries; wait a little.', {
            retryAfterSeconds: Math.ceil(waitMs / 1000),
          });
        const agent = await store.agents.findByEmail(email);
        const isRight = await verifyPassword(agent?.passwordHash || null, request.body.password);
        if (!isRight || !agent || agent.disabledAt !== null) {
          if (agent) door.failed(request, agent, 'password');
          throw new HttpProblem('sign_in_failed', 'The e-mail address or the password is wrong.');
        }
        await passSecondFactor(store, agent, request.body.code, now()).catch((error) => {
          if (request.body.code !== undefined) door.failed(request, agent, 'code');
          throw error;
        });
        delay.succeeded(email, address);
        // Whatever session the browser brought along, it never becomes the new one (session fixation).
        const old = cookie.read(request);
        if (old) await store.staffSessions.delete(hashToken(old));
        const token = createSecretToken();
        const session = {
          agent: agent.id,
          tokenHash: hashToken(token),
          csrf: createSecretToken(),
          createdAt: now(),
          expiresAt: now() + limits.staffSessionMs,
        };
        await store.staffSessions.create(session);
        await store.staffSessions.deleteExpired(now());
        await door.passed(request, agent, 'account.sign_in');
        cookie.set(reply, token);
        return viewOf({ agent, session });
      },
    );

    app.get(
      '/session',
      {
        config: { access: 'agent' },
        schema: { summary: 'Who is signed in', response: { 200: SignedIn, '4xx': HttpError } },
      },
      async (request) => viewOf(staffOf(request)),
    );

    app.delete(
      '/session',
      {
        config: { access: 'agent' },
        schema: { summary: 'Sign out', response: { 204: Type.Null(), '4xx': HttpError } },
      },
      async (request, reply) => {
        const { agent, session } = staffOf(request);
        await endSession(agent.id, session.tokenHash);
        await audit(request, { action: 'account.sign_out' });
        cookie.clear(reply);
        return reply.code(204).send(null);
      },
    );
  };

const viewOf = ({ agent, session }: SignedInAgent): SignedIn => ({
  agent: { id: agent.id, name: agent.name },
  role: agent.role,
  csrf: session.csrf,
});
