import type { FastifyRequest } from 'fastify';
import { limits } from '../../protocol/limits.ts';
import type { Context } from '../context.ts';
import { createSecretToken, hashToken } from '../identity/secret-token.ts';
import type { Agent } from '../store/store.ts';

/** Links with which people choose a password: on their first day, and when they forgot it. */
export const createStaffInvitations = ({ store, config, now }: Pick<Context, 'store' | 'config' | 'now'>) => ({
  /** The one before is void. The link's secret is after the `#`, which no server and no log ever sees. */
  async invite(request: Pick<FastifyRequest, 'protocol' | 'host'>, { id: agent, organization }: Agent) {
    const token = createSecretToken();
    const expiresAt = now() + limits.staffLinkMs;
    await store.staffLinks.replace({ tokenHash: hashToken(token), organization, agent, createdAt: now(), expiresAt });
    // C139: of the setting where there is one, so that no header of a request can lead people elsewhere.
    const origin = config.publicUrl ?? `${request.protocol}://${request.host}`;
    return { link: `${origin}/console/#/welcome/${token}`, expiresAt };
  },
});
