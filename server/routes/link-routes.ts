import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { LinkView, LookAtLink, UseLink } from '../../protocol/administration.ts';
import { HttpError } from '../../protocol/http.ts';
import type { Context } from '../context.ts';
import { hashPassword } from '../identity/password.ts';
import { hashToken } from '../identity/secret-token.ts';
import type { Agent } from '../store/store.ts';
import { createDoorAudit } from './audited.ts';
import { HttpProblem } from './http-errors.ts';

const open = { config: { access: 'public' } } as const;

/** Where the link of an invitation leads. Unknown, used and expired are told in the same words. */
export const linkRoutes =
  (context: Context): FastifyPluginAsyncTypebox =>
  async (app) => {
    const { store, desk, now } = context;
    const door = createDoorAudit(context);

    async function personOf(token: string): Promise<Agent> {
      const link = await store.staffLinks.find(hashToken(token), now());
      const agent = link && (await store.agents.find(link.agent));
      if (!agent || agent.disabledAt !== null) throw spent();
      return agent;
    }

    app.post(
      '/links/look',
      {
        ...open,
        schema: { summary: 'Whom a link is for', body: LookAtLink, response: { 200: LinkView, '4xx': HttpError } },
      },
      async (request) => {
        const { name, email, organization } = await personOf(request.body.token);
        return { name, email, organization: (await store.queues.organization(organization))?.name ?? '' };
      },
    );

    app.post(
      '/links/use',
      {
        ...open,
        schema: {
          summary: 'Choose a password with a link, once',
          body: UseLink,
          response: { 204: Type.Null(), '4xx': HttpError },
        },
      },
      async (request, reply) => {
        const { token, password } = request.body;
        const agent = await personOf(token);
        const passwordHash = await hashPassword(password);
        if (!(await store.staffLinks.use(hashToken(token)))) throw spent();
        await store.agents.update(agent.organization, agent.id, { passwordHash });
        await door.passed(request, agent, 'account.link.use');
        // Whoever sat there with the old password is out (C134).
        await desk.signOutAgent(agent.id);
        return reply.code(204).send(null);
      },
    );
  };

const spent = () =>
  new HttpProblem('link_spent', 'This link was used, has run out, or never was. Ask an administrator for a new one.');
