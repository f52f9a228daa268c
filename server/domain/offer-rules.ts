import type { OfferContent } from '../../protocol/entities.ts';
import type { OfferId } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import type { Conversation, Offer } from './conversation.ts';
import { type Decision, ended, no, notFound, type Rules, unlessWith, yes } from './decision.ts';
import { isBlank } from './message-text.ts';
import { type Refusal, refuse } from './refusal.ts';

/** An offer is made once, and then answered or withdrawn once, whichever comes first. */
export const offerRules: Rules<'offer' | 'answer' | 'withdraw'> = {
  offer(state, { content: written }, context) {
    const refused = unlessWith(state, context);
    if (refused) return refused;
    const content = wellFormed(written);
    const flaw = flawOf(content);
    if (flaw) return { ok: false, refusal: flaw };
    if (!context.command) return no('invalid_field', 'An offer is named by the id of its command.', 'id');
    const id = context.command as string as OfferId;
    if (findOffer(state, id)) return no('conflicting_resend', 'An offer was made under this id before.', 'id');
    if (offersOf(state).length >= limits.offersPerConversation)
      return no('too_many', `A conversation has at most ${limits.offersPerConversation} offers.`);
    return yes({ type: 'offered', offer: id, content });
  },

  answer(state, { offer: id, values }) {
    if (state.phase === 'absent') return notFound();
    if (state.phase === 'ended') return ended();
    const offer = findOffer(state, id);
    const refused = closedOffer(offer);
    if (refused || offer?.state !== 'open') return refused ?? noOffer();
    if (new Set(values).size !== values.length) return no('invalid_field', 'A value is chosen once.', 'values');
    const strange = values.find((value) => !offer.values.includes(value));
    if (strange !== undefined) return no('not_offered', 'This was not among the options.', 'values');
    if (values.length === 0 && offer.optional) return yes({ type: 'answered', offer: id, values: [] });
    if (values.length < offer.least || values.length > offer.most)
      return no('not_offered', `Choose ${amount(offer.least, offer.most)}.`, 'values');
    return yes({ type: 'answered', offer: id, values: [...values] });
  },

  withdraw(state, { offer: id }, context) {
    const refused = unlessWith(state, context) ?? closedOffer(findOffer(state, id));
    return refused ?? yes({ type: 'withdrawn', offer: id });
  },
};

const offersOf = (state: Conversation): readonly Offer[] => (state.phase === 'absent' ? [] : state.request.offers);
const findOffer = (state: Conversation, id: OfferId) => offersOf(state).find((offer) => offer.id === id);
const noOffer = () => no('not_found', 'There is no such offer in this conversation.', 'offer');

function closedOffer(offer: Offer | undefined): Decision | null {
  if (!offer) return noOffer();
  if (offer.state === 'answered') return no('already_answered', 'This offer was answered before.', 'offer');
  if (offer.state === 'withdrawn') return no('offer_withdrawn', 'This offer was withdrawn.', 'offer');
  return null;
}

/** What the schema cannot say of an offer: that it can be answered, and that its options can be told apart. */
export function flawOf({ title, options, least, most }: OfferContent): Refusal | null {
  if (isBlank(title)) return refuse('invalid_field', 'The title is empty.', 'content.title');
  if (least > most) return refuse('invalid_field', 'Least is more than most.', 'content.least');
  if (most > options.length) return refuse('invalid_field', 'Most is more than there are options.', 'content.most');
  const blank = options.findIndex(({ label }) => isBlank(label));
  if (blank >= 0) return refuse('invalid_field', 'The label is empty.', `content.options[${blank}].label`);
  const drawn = options.findIndex(({ picture }) => picture && picture.kind !== 'image');
  if (drawn >= 0) return refuse('invalid_field', 'This is no picture.', `content.options[${drawn}].picture`);
  for (const field of ['value', 'label'] as const) {
    const all = options.map((option) => option[field]);
    const twice = all.findIndex((text, place) => all.indexOf(text) !== place);
    if (twice >= 0)
      return refuse('invalid_field', 'Another option has the same.', `content.options[${twice}].${field}`);
  }
  return null;
}

/** As texts are kept: a lone surrogate, which no UTF-8 can carry, becomes U+FFFD for every reader alike. */
export const wellFormed = (content: OfferContent): OfferContent => ({
  ...content,
  title: content.title.toWellFormed(),
  options: content.options.map(({ value, label, description, ...option }) => ({
    value: value.toWellFormed(),
    label: label.toWellFormed(),
    ...(description !== undefined && { description: description.toWellFormed() }),
    ...option,
  })),
});

const amount = (least: number, most: number): string => (least === most ? `${least}` : `${least} to ${most}`);
