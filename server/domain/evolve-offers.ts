import type { EventBody } from '../../protocol/entities.ts';
import type { Offer } from './conversation.ts';

type OfferEvent = Extract<EventBody, { type: 'offered' | 'answered' | 'withdrawn' }>;

export function offersAfter(offers: readonly Offer[], body: OfferEvent): readonly Offer[] {
  if (body.type !== 'offered')
    return offers.map((offer) => (offer.id === body.offer ? { id: offer.id, state: body.type } : offer));
  const { least, most, optional, options } = body.content;
  const values = options.map(({ value }) => value);
  return [...offers, { id: body.offer, state: 'open', values, least, most, optional }];
}
