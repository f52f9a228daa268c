import type { RefusalCode } from '../../protocol/codes.ts';
import type { OfferContent } from '../../protocol/entities.ts';
import type { CommandId, OfferId } from '../../protocol/ids.ts';
import type { ChatState } from '../chat-state.ts';
import type { TextKey } from '../texts/speech.ts';

/** What the visitor has ticked: nothing yet, or values; no value is "none of these". */
export type Choice = readonly string[] | undefined;

export type OfferStanding =
  | { readonly kind: 'open' }
  /** The answer is on its way. */
  | { readonly kind: 'answering'; readonly values: readonly string[] }
  | { readonly kind: 'answered'; readonly values: readonly string[]; readonly at: number }
  | { readonly kind: 'withdrawn' };

export interface OfferState {
  readonly standing: OfferStanding;
  /** The last answer of this tab that was refused. */
  readonly refused: { readonly id: CommandId; readonly code: RefusalCode } | undefined;
}

/** What became of an offer, by the log, and by what waits to be sent. */
export function offerStateOf({ events, unsent }: Pick<ChatState, 'events' | 'unsent'>, offer: OfferId): OfferState {
  let standing: OfferStanding = { kind: 'open' };
  let refused: OfferState['refused'];
  for (const { id, command, refused: code } of unsent) {
    if (command.type !== 'answer' || command.offer !== offer) continue;
    if (code) refused = { id, code };
    else standing = { kind: 'answering', values: command.values };
  }
  for (const { at, body } of events.map(({ event }) => event)) {
    if (body.type === 'answered' && body.offer === offer) standing = { kind: 'answered', values: body.values, at };
    if (body.type === 'withdrawn' && body.offer === offer) standing = { kind: 'withdrawn' };
  }
  return { standing, refused };
}

/** The choice after an option was ticked or cleared, in the order of the options. */
export function choose({ most, options }: OfferContent, choice: Choice, value: string, isOn: boolean): Choice {
  if (most === 1) return isOn ? [value] : undefined;
  const values = options.map((option) => option.value).filter((one) => (one === value ? isOn : choice?.includes(one)));
  return values.length ? values : undefined;
}

/** Whether it may be submitted as it is. */
export function isComplete({ least, most, optional }: OfferContent, choice: Choice): boolean {
  if (!choice) return false;
  return choice.length === 0 ? optional : choice.length >= least && choice.length <= most;
}

/** How many are to be chosen, as a text and what is filled in. */
export function amountOf({ least, most, options }: OfferContent): readonly [TextKey, ...number[]] {
  if (most === 1) return ['chooseOne'];
  if (least === most) return ['chooseExactly', least];
  if (most < options.length) return least === 1 ? ['chooseMost', most] : ['chooseRange', least, most];
  return least === 1 ? ['chooseAny'] : ['chooseLeast', least];
}
