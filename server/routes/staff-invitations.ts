import type { FastifyRequest } from 'fastify';
import { limits } from '../../protocol/limits.ts';
import type { Context } from '../context.ts';
import { createId, createSecretToken, hashToken } from '../identity/secret-token.ts';
import { welcomeLink } from '../mail/compose.ts';
import { type MailLanguage, mailLanguage } from '../mail/wording.ts';
import type { Agent } from '../store/store.ts';

type Needs = Pick<Context, 'store' | 'config' | 'now'> & { readonly postman?: Pick<Context['postman'], 'wake'> };
/** Of a request: where it came in, and in which language an answer is wanted. */
type Where = Pick<FastifyRequest, 'protocol' | 'host'> & { readonly headers?: FastifyRequest['headers'] };

/** Links with which people choose a password: on their first day, and when they forgot it. */
export const createStaffInvitations = ({ store, config, postman, now }: Needs) => ({
  /** The one before is void. It is mailed, and given to who invites, for where mail fails. */
  async invite(request: Where, { id: agent, organization, email, languages }: Agent) {
    const token = createSecretToken();
    const createdAt = now();
    const expiresAt = createdAt + limits.staffLinkMs;
    await store.staffLinks.replace(
      { tokenHash: hashToken(token), organization, agent, createdAt, expiresAt },
      {
        id: createId<'mail'>(),
        subject: { kind: 'invitation', agent },
        recipient: email,
        language: languageOf(languages, request),
        createdAt,
        secret: token,
        session: null,
      },
    );
    postman?.wake();
    // C139: of the setting where there is one, so that no header of a request can lead people elsewhere.
    const origin = config.publicUrl ?? `${request.protocol}://${request.host}`;
    return { link: welcomeLink(origin, token), expiresAt, mail: config.smtp ? ('smtp' as const) : ('folder' as const) };
  },
});

/** One that they speak; of who speaks none of ours, nothing is known, and colleagues often share a language. */
const languageOf = (spoken: readonly string[], { headers }: Where): MailLanguage =>
  mailLanguage(spoken.find((language) => language === 'en' || language === 'nl') ?? headers?.['accept-language']);
