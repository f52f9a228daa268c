import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import {
  CurrentPassword,
  PasswordChange,
  RecoveryCodes,
  TwoFactorConfirmation,
  TwoFactorOffer,
  TwoFactorState,
} from '../../protocol/administration.ts';
import { HttpError } from '../../protocol/http.ts';
import { limits } from '../../protocol/limits.ts';
import type { Context } from '../context.ts';
import { hashPassword, verifyPassword } from '../identity/password.ts';
import { createSecretToken, hashToken } from '../identity/secret-token.ts';
import { createTotpSecret, totpStep, totpUri } from '../identity/totp.ts';
import type { Agent } from '../store/store.ts';
import { auditor } from './audited.ts';
import { HttpProblem } from './http-errors.ts';
import { createSignInDelay } from './sign-in-delay.ts';
import { staffOf } from './staff.ts';

const own = { config: { access: 'agent' } } as const;

/** What everybody may do to their own account. Whatever weakens it asks for the password again (C140). */
export const accountRoutes =
  (context: Context): FastifyPluginAsyncTypebox =>
  async (app) => {
    const { store, desk, now } = context;
    const audit = auditor(context);
    const delay = createSignInDelay(now);

    async function mustKnow(agent: Agent, current: string): Promise<void> {
      const waitMs = delay.begin(agent.id, agent.id);
      if (waitMs > 0)
        throw new HttpProblem('too_many', 'Too many failed tries; wait a little.', {
          retryAfterSeconds: Math.ceil(waitMs / 1000),
        });
      if (!(await verifyPassword(agent.passwordHash || null, current)))
        throw new HttpProblem('invalid_field', 'This is not your password.', { field: 'current' });
      delay.succeeded(agent.id, agent.id);
    }

    app.put(
      '/account/password',
      {
        ...own,
        schema: {
          summary: 'Another password; every other session ends, and this one too',
          body: PasswordChange,
          response: { 204: Type.Null(), '4xx': HttpError },
        },
      },
      async (request, reply) => {
        const { agent } = staffOf(request);
        await mustKnow(agent, request.body.current);
        const passwordHash = await hashPassword(request.body.password);
        await store.agents.update(agent.organization, agent.id, { passwordHash });
        await audit(request, { action: 'account.password' });
        await desk.signOutAgent(agent.id);
        return reply.code(204).send(null);
      },
    );

    app.get(
      '/account/two-factor',
      { ...own, schema: { summary: 'Is there a second factor?', response: { 200: TwoFactorState, '4xx': HttpError } } },
      async (request) => stateOf(staffOf(request).agent),
    );

    app.post(
      '/account/two-factor',
      {
        ...own,
        schema: {
          summary: 'A secret for an authenticator app; nothing is on yet',
          response: { 200: TwoFactorOffer, '4xx': HttpError },
        },
      },
      async (request) => {
        const { agent } = staffOf(request);
        const secret = createTotpSecret();
        return { secret, uri: totpUri(secret, 'Balie', agent.email) };
      },
    );

    app.put(
      '/account/two-factor',
      {
        ...own,
        schema: {
          summary: 'Turn the second factor on, with a code of the app',
          body: TwoFactorConfirmation,
          response: { 200: RecoveryCodes, '4xx': HttpError },
        },
      },
      async (request) => {
        const { agent } = staffOf(request);
        const { secret, code } = request.body;
        if (agent.twoFactor) throw new HttpProblem('conflict', 'It is on; turn it off first.');
        const step = totpStep(secret, code, now(), 0);
        if (step === null) throw new HttpProblem('invalid_field', 'The app shows another code now.', { field: 'code' });
        const codes = Array.from({ length: limits.recoveryCodes }, () => createSecretToken().slice(0, 16));
        const twoFactor = { secret, step, recovery: codes.map(hashToken) };
        await store.agents.update(agent.organization, agent.id, { twoFactor });
        await audit(request, { action: 'account.two_factor.on' });
        return { codes };
      },
    );

    app.post(
      '/account/two-factor/off',
      {
        ...own,
        schema: {
          summary: 'Turn the second factor off',
          body: CurrentPassword,
          response: { 200: TwoFactorState, '4xx': HttpError },
        },
      },
      async (request) => {
        const { agent } = staffOf(request);
        await mustKnow(agent, request.body.current);
        await store.agents.update(agent.organization, agent.id, { twoFactor: null });
        await audit(request, { action: 'account.two_factor.off' });
        return { on: false, recoveryLeft: 0 };
      },
    );

    app.post(
      '/account/sign-out-everywhere',
      {
        ...own,
        schema: { summary: 'End all of one’s sessions', response: { 204: Type.Null(), '4xx': HttpError } },
      },
      async (request, reply) => {
        await audit(request, { action: 'account.sign_out_everywhere' });
        await desk.signOutAgent(staffOf(request).agent.id);
        return reply.code(204).send(null);
      },
    );
  };

const stateOf = ({ twoFactor }: Agent) => ({ on: twoFactor !== null, recoveryLeft: twoFactor?.recovery.length ?? 0 });
