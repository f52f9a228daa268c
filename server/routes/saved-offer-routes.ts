import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { OfferContent } from '../../protocol/entities.ts';
import { HttpError, NewSavedOffer, SavedOffers, SavedOfferView } from '../../protocol/http.ts';
import { type OrganizationId, SavedOfferId } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import type { Context } from '../context.ts';
import { flawOf } from '../domain/offer-rules.ts';
import { createId } from '../identity/secret-token.ts';
import type { SavedOffer } from '../store/wording-store.ts';
import { auditor } from './audited.ts';
import { HttpProblem } from './http-errors.ts';
import { staffOf } from './staff.ts';

const Params = Type.Object({ id: SavedOfferId }, { additionalProperties: false });
const agent = { config: { access: 'agent' } } as const;

/** Offers that agents keep for one another. */
export const savedOfferRoutes =
  (context: Context): FastifyPluginAsyncTypebox =>
  async (app) => {
    const { store, now } = context;
    const audit = auditor(context);

    async function viewOf({ id, name, content, savedBy }: SavedOffer): Promise<SavedOfferView> {
      return { id, name, content, savedBy: (await store.agents.find(savedBy))?.name ?? '' };
    }

    async function find(organization: OrganizationId, id: SavedOfferId): Promise<SavedOffer> {
      const offer = (await store.savedOffers.listOf(organization)).find((one) => one.id === id);
      if (!offer) throw notFound();
      return offer;
    }

    app.get(
      '/saved-offers',
      { ...agent, schema: { summary: 'All saved offers', response: { 200: SavedOffers, '4xx': HttpError } } },
      async (request) => {
        const offers = await store.savedOffers.listOf(staffOf(request).agent.organization);
        return { offers: await Promise.all(offers.map(viewOf)) };
      },
    );

    app.post(
      '/saved-offers',
      {
        ...agent,
        schema: { summary: 'Save an offer', body: NewSavedOffer, response: { 201: SavedOfferView, '4xx': HttpError } },
      },
      async (request, reply) => {
        const { id: savedBy, organization } = staffOf(request).agent;
        const { name, content } = request.body;
        checkContent(content);
        if ((await store.savedOffers.listOf(organization)).length >= limits.savedOffers)
          throw new HttpProblem('too_many', `At most ${limits.savedOffers} offers are kept; delete one first.`);
        const offer = { id: createId<'saved offer'>(), organization, name, content, savedBy, savedAt: now() };
        await store.savedOffers.create(offer);
        await audit(request, { action: 'offer.create', target: targetOf(offer), after: plain(offer) });
        return reply.code(201).send(await viewOf(offer));
      },
    );

    app.put(
      '/saved-offers/:id',
      {
        ...agent,
        schema: {
          summary: 'Change a saved offer',
          params: Params,
          body: NewSavedOffer,
          response: { 200: SavedOfferView, '4xx': HttpError },
        },
      },
      async (request) => {
        checkContent(request.body.content);
        const before = await find(staffOf(request).agent.organization, request.params.id);
        const offer = { ...before, ...request.body };
        if (!(await store.savedOffers.update(offer))) throw notFound();
        await audit(request, {
          action: 'offer.change',
          target: targetOf(offer),
          before: plain(before),
          after: plain(offer),
        });
        return viewOf(offer);
      },
    );

    app.delete(
      '/saved-offers/:id',
      {
        ...agent,
        schema: { summary: 'Delete a saved offer', params: Params, response: { 204: Type.Null(), '4xx': HttpError } },
      },
      async (request, reply) => {
        const { organization } = staffOf(request).agent;
        const before = await find(organization, request.params.id);
        if (!(await store.savedOffers.delete(organization, before.id))) throw notFound();
        await audit(request, { action: 'offer.delete', target: targetOf(before), before: plain(before) });
        return reply.code(204).send(null);
      },
    );
  };

function checkContent(content: OfferContent): void {
  const flaw = flawOf(content);
  if (flaw) throw new HttpProblem('invalid_field', flaw.message, { field: flaw.field ?? 'content' });
  // They belong to the conversation that they were uploaded for.
  if (content.options.some(({ picture }) => picture))
    throw new HttpProblem('invalid_field', 'A saved offer has no pictures.', { field: 'content.options' });
}

const notFound = () => new HttpProblem('not_found', 'There is no such offer.');
const plain = ({ name, content }: SavedOffer) => ({ name, ...content });
const targetOf = ({ id, name }: SavedOffer) => ({ kind: 'offer', id, name });
