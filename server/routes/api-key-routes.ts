import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { ApiKeyView, ApiKeyViews, NewApiKey, NewApiKeyView } from '../../protocol/api-keys.ts';
import { HttpError } from '../../protocol/http.ts';
import { ApiKeyId, type OrganizationId } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import type { Context } from '../context.ts';
import { type ApiKey, isLive } from '../domain/api-key.ts';
import { createId, hashToken } from '../identity/secret-token.ts';
import { createApiSecret } from './api-key-guard.ts';
import { auditor } from './audited.ts';
import { HttpProblem } from './http-errors.ts';
import { staffOf } from './staff.ts';

const Params = Type.Object({ id: ApiKeyId }, { additionalProperties: false });
const access = { config: { access: 'admin' } } as const;

/** The keys that other systems read with. A key is shown once, in the answer to its making. */
export const apiKeyRoutes =
  (context: Context): FastifyPluginAsyncTypebox =>
  async (app) => {
    const { store, now } = context;
    const audit = auditor(context);

    async function viewsOf(organization: OrganizationId): Promise<ApiKeyView[]> {
      const people = await store.agents.peopleOf(organization);
      const names = new Map(people.map(({ id, name }) => [id, name]));
      const keys = await store.apiKeys.listOf(organization);
      return keys.map((key) => viewOf(key, names.get(key.createdBy) ?? ''));
    }

    app.get(
      '/api-keys',
      { ...access, schema: { summary: 'All keys of the API', response: { 200: ApiKeyViews, '4xx': HttpError } } },
      async (request) => ({ keys: await viewsOf(staffOf(request).agent.organization) }),
    );

    app.post(
      '/api-keys',
      {
        ...access,
        schema: {
          summary: 'Make a key of the API; answers with it, this once',
          body: NewApiKey,
          response: { 201: NewApiKeyView, '4xx': HttpError },
        },
      },
      async (request, reply) => {
        const { agent } = staffOf(request);
        const { expiresAt } = request.body;
        const at = now();
        if (expiresAt !== null && expiresAt <= at)
          throw new HttpProblem('invalid_field', 'That is over already.', { field: 'expiresAt' });
        const live = (await store.apiKeys.listOf(agent.organization)).filter((key) => isLive(key, at));
        if (live.length >= limits.apiKeys)
          throw new HttpProblem('too_many', `At most ${limits.apiKeys} keys are kept; revoke one first.`);
        const secret = createApiSecret();
        const key: ApiKey = {
          ...request.body,
          id: createId<'API key'>(),
          organization: agent.organization,
          createdBy: agent.id,
          createdAt: at,
          lastUsedAt: null,
          revokedAt: null,
        };
        await store.apiKeys.create(key, hashToken(secret));
        await audit(request, { action: 'api_key.create', target: targetOf(key), after: plainKey(key) });
        return reply.code(201).send({ key: viewOf(key, agent.name), secret });
      },
    );

    app.post(
      '/api-keys/:id/revoke',
      {
        ...access,
        schema: {
          summary: 'Revoke a key of the API at once',
          params: Params,
          response: { 200: ApiKeyView, '4xx': HttpError },
        },
      },
      async (request) => {
        const { organization } = staffOf(request).agent;
        const isRevoked = await store.apiKeys.revoke(organization, request.params.id, now());
        const key = (await viewsOf(organization)).find(({ id }) => id === request.params.id);
        if (!key) throw new HttpProblem('not_found', 'There is no such key.');
        if (isRevoked) await audit(request, { action: 'api_key.revoke', target: targetOf(key) });
        return key;
      },
    );
  };

const viewOf = ({ organization: _, createdBy, scopes, ...key }: ApiKey, maker: string): ApiKeyView => ({
  ...key,
  scopes: [...scopes],
  createdBy: maker,
});
const plainKey = ({ name, scopes, expiresAt }: ApiKey) => ({ name, scopes, expiresAt });
const targetOf = ({ id, name }: Pick<ApiKey, 'id' | 'name'>) => ({ kind: 'api_key', id, name });
