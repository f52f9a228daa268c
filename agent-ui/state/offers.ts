import type { Numbered } from '../../client/timeline.ts';
import type { AgentRef, OfferContent } from '../../protocol/entities.ts';
import type { OfferId } from '../../protocol/ids.ts';

/** An offer as it stands now, beside the place where it was made. */
export interface OfferView {
  readonly id: OfferId;
  readonly by: AgentRef;
  readonly content: OfferContent;
  /** `at` is when it was answered or withdrawn. */
  readonly state:
    | { readonly kind: 'open' }
    | { readonly kind: 'answered'; readonly at: number; readonly values: readonly string[] }
    | { readonly kind: 'withdrawn'; readonly at: number };
}

/** Every offer of a log, by its id. */
export function offersIn(events: readonly Numbered[]): ReadonlyMap<OfferId, OfferView> {
  const offers = new Map<OfferId, OfferView>();
  for (const { event } of events) {
    const { body, by, at } = event;
    if (body.type === 'offered' && by.kind === 'agent') {
      offers.set(body.offer, { id: body.offer, by: by.agent, content: body.content, state: { kind: 'open' } });
    } else if (body.type === 'answered' || body.type === 'withdrawn') {
      const offer = offers.get(body.offer);
      const state =
        body.type === 'answered'
          ? ({ kind: 'answered', at, values: body.values } as const)
          : ({ kind: 'withdrawn', at } as const);
      if (offer) offers.set(body.offer, { ...offer, state });
    }
  }
  return offers;
}

/** The chosen options' labels; none is "none of these". */
export const chosenLabels = ({ options }: OfferContent, values: readonly string[]): string[] =>
  options.filter(({ value }) => values.includes(value)).map(({ label }) => label);
