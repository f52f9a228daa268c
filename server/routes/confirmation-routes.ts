import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { LinkToken } from '../../protocol/administration.ts';
import type { Context } from '../context.ts';
import { hashToken } from '../identity/secret-token.ts';
import { type ConfirmationState, confirmationPage, confirmationPolicy } from '../mail/confirmation-page.ts';
import { mailLanguage } from '../mail/wording.ts';
import type { Confirmation } from '../store/outbox-store.ts';

const open = {
  config: { access: 'public' },
  schema: { hide: true, params: Type.Object({ token: LinkToken }, { additionalProperties: false }) },
} as const;

/** Where the link in a mail to an address that was only typed leads. */
export const confirmationRoutes =
  ({ store, desk, now }: Context): FastifyPluginAsyncTypebox =>
  async (app) => {
    // What a form without fields sends.
    app.addContentTypeParser('application/x-www-form-urlencoded', (_request, payload, done) => {
      payload.resume();
      done(null, null);
    });

    const find = (token: string) => store.outbox.confirmation(hashToken(token), now());

    function show(request: FastifyRequest, reply: FastifyReply, state: ConfirmationState, asked: Confirmation | null) {
      const language = asked?.language ?? mailLanguage(request.headers['accept-language']);
      return (
        reply
          .code(state.kind === 'spent' ? 410 : 200)
          .header('content-security-policy', confirmationPolicy)
          // With none at all, browsers send a form without its origin; no other site is told the address all the same.
          .header('referrer-policy', 'same-origin')
          .type('text/html; charset=utf-8')
          .send(confirmationPage(state, language))
      );
    }

    app.get('/confirm/:token', open, async (request, reply) => {
      const asked = await find(request.params.token);
      if (!asked) return show(request, reply, { kind: 'spent' }, null);
      const site = (await store.sites.find(asked.site))?.name ?? '';
      return show(request, reply, { kind: 'ask', site, email: asked.email }, asked);
    });

    app.post('/confirm/:token', open, async (request, reply) => {
      const { token } = request.params;
      const asked = await find(token);
      if (!asked) return show(request, reply, { kind: 'spent' }, null);
      // The log first: cut off in between, the link still works, and what it does is done once.
      await desk.confirmTranscript(asked.conversation, asked.email);
      await store.outbox.useConfirmation(hashToken(token));
      return show(request, reply, { kind: 'done' }, asked);
    });
  };
