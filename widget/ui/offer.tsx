import type { RefusalCode } from '../../protocol/codes.ts';
import type { OfferOption } from '../../protocol/entities.ts';
import type { OfferId } from '../../protocol/ids.ts';
import en from '../texts/en-offer.json' with { type: 'json' };
import nl from '../texts/nl-offer.json' with { type: 'json' };
import type { TextKey } from '../texts/speech.ts';
import { amountOf, type Choice, choose, isComplete, type OfferState, offerStateOf } from './offer-state.ts';
import { opening, picture } from './picture.tsx';
import type { Row } from './rows.ts';
import type { Screen } from './screen.ts';

export { styles } from './offer-styles.ts';
export const texts = { en, nl };

type OfferRow = Extract<Row, { kind: 'offer' }>;

/** A question of the agent's with its options; once it is settled, the question and what became of it. */
export function offerCard(row: OfferRow, screen: Screen) {
  const state = offerStateOf(screen.state, row.offer);
  return state.standing.kind === 'open' && screen.phase !== 'ended'
    ? openCard(row, screen, state)
    : settledCard(row, screen, state);
}

function openCard({ key, offer, content }: OfferRow, screen: Screen, { refused }: OfferState) {
  const { t, store, state, line } = screen;
  // Asked anew in every handler: on a slow device two keys come before what the first changed is drawn.
  const chosen = () => line.records.tab.choices?.[offer];
  const choice = chosen();
  const error = refused
    ? t('notTaken')
    : state.flawedOffer === offer &&
      !isComplete(content, choice) &&
      `${countText(screen, choice)} ${amountText(screen, content)}`;
  const pick = (next: Choice) => {
    keepChoice(screen, offer, next);
    if (refused) line.outbox.drop(refused.id);
    store.set({});
  };

  function submit(event: Event) {
    event.preventDefault();
    const values = chosen();
    if (!values || !isComplete(content, values)) return store.set({ flawedOffer: offer });
    if (refused) line.outbox.drop(refused.id);
    line.outbox.add({ type: 'answer', offer, values: [...values] });
  }

  return (
    <form key={key} class="offer" noValidate onSubmit={submit}>
      <fieldset aria-describedby={`amount-${offer} error-${offer}`}>
        <legend dir="auto">{content.title}</legend>
        <small id={`amount-${offer}`}>{amountText(screen, content)}</small>
        {content.options.map((option, place) => (
          <Option
            {...{ screen, offer, option, place }}
            isOne={content.most === 1}
            isChosen={!!choice?.includes(option.value)}
            onPick={(isOn) => pick(choose(content, chosen(), option.value, isOn))}
          />
        ))}
        {content.optional && (
          <Option
            {...{ screen, offer }}
            option={{ value: '', label: t('none') }}
            place={content.options.length}
            isOne={content.most === 1}
            isChosen={choice?.length === 0}
            onPick={(isOn) => pick(isOn ? [] : undefined)}
          />
        )}
        <p id={`error-${offer}`} class="bad" role="alert">
          {error}
        </p>
        <button type="submit" class="primary">
          {t('submit')}
        </button>
      </fieldset>
    </form>
  );
}

interface OptionProps {
  readonly screen: Screen;
  readonly offer: OfferId;
  readonly option: OfferOption;
  readonly place: number;
  readonly isOne: boolean;
  readonly isChosen: boolean;
  readonly onPick: (isOn: boolean) => void;
}

/** All of the row chooses, but for the picture, which opens large. */
function Option({ screen, offer, option, place, isOne, isChosen, onPick }: OptionProps) {
  const id = `${offer}-${place}`;
  const { label, description } = option;
  return (
    <div class="option">
      <input
        id={id}
        type={isOne ? 'radio' : 'checkbox'}
        name={offer}
        checked={isChosen}
        aria-describedby={description && `about-${id}`}
        onChange={({ currentTarget }) => onPick(currentTarget.checked)}
      />
      <span>
        <label htmlFor={id} dir="auto">
          {label}
        </label>
        {description && (
          <small id={`about-${id}`} dir="auto">
            {description}
          </small>
        )}
      </span>
      {option.picture && (
        <a class="picture" {...opening(screen, option.picture)}>
          <span class="unseen">{screen.t('picture', label)}</span>
          {picture(screen, option.picture)}
        </a>
      )}
    </div>
  );
}

function settledCard({ key, content }: OfferRow, screen: Screen, { standing, refused }: OfferState) {
  const { t } = screen;
  return (
    // biome-ignore lint/a11y/useSemanticElements: nothing can be filled in any more; it is still one question.
    <div key={key} class={`offer ${standing.kind}`} role="group" aria-label={content.title}>
      <p class="question" dir="auto">
        {content.title}
      </p>
      {outcome(content.options, screen, standing)}
      {lateText(screen, refused?.code)}
      <details>
        <summary>{t('allOptions')}</summary>
        <ul>
          {content.options.map(({ label, description }) => (
            <li dir="auto">
              {label}
              {description && <small>{description}</small>}
            </li>
          ))}
        </ul>
      </details>
    </div>
  );
}

function outcome(options: readonly OfferOption[], { t }: Screen, standing: OfferState['standing']) {
  if (standing.kind === 'withdrawn' || standing.kind === 'open')
    return <small>{t(standing.kind === 'open' ? 'unanswered' : 'withdrawn')}</small>;
  const chosen = options.filter(({ value }) => standing.values.includes(value)).map(({ label }) => label);
  return (
    <>
      <small>
        {t('yourChoice')}
        {standing.kind === 'answered' ? ` · ${timeText(standing.at)}` : ` · ${t('submitting')}`}
      </small>
      <ul class="chosen">
        {(chosen.length ? chosen : [t('none')]).map((label) => (
          <li dir="auto">
            <svg viewBox="0 0 24 24" aria-hidden="true">
              <path d="M5 13l5 5L19 7" />
            </svg>
            <span>{label}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

const timeText = (at: number): string => new Date(at).toLocaleTimeString([], { timeStyle: 'short' });

function amountText({ t }: Screen, content: OfferRow['content']): string {
  const [key, first, second] = amountOf(content);
  return t(key, first).replace('{}', `${second}`);
}

const countText = ({ t }: Screen, choice: Choice): string =>
  choice ? t('chosenCount', choice.length) : t('chosenNone');

/** Why the choice that this tab sent is not the one that counts. */
function lateText({ t }: Screen, code: RefusalCode | undefined) {
  const key = code && lateTexts[code];
  return key && <p class="bad">{t(key)}</p>;
}

const lateTexts: { readonly [Code in RefusalCode]?: TextKey } = {
  already_answered: 'answeredBefore',
  offer_withdrawn: 'withdrawnBefore',
};

function keepChoice({ line: { records } }: Screen, offer: OfferId, choice: Choice) {
  const { [offer]: _, ...others } = records.tab.choices ?? {};
  records.changeTab({ choices: choice ? { ...others, [offer]: choice } : others });
}
