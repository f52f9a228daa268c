import type { RefusalCode } from '../../protocol/codes.ts';
import { limits } from '../../protocol/limits.ts';
import en from '../texts/en-transcript.json' with { type: 'json' };
import nl from '../texts/nl-transcript.json' with { type: 'json' };
import type { TextKey } from '../texts/speech.ts';
import type { Screen } from './screen.ts';
import { css } from './styles.ts';

export const texts = { en, nl };

const reasons: { readonly [Code in RefusalCode]?: TextKey } = {
  invalid_field: 'mailInvalid',
  wrong_state: 'mailNothing',
  too_many: 'mailTooMany',
};

/** Where the transcript should go: not asked of whom the site vouches for. What became of it is told in the chat. */
export function transcript({ state, store, phase, line, talk, t }: Screen) {
  const { conversation, isVerified, answers, mailing } = state;
  const asked = state.unsent.find(({ command }) => command.type === 'transcript');
  if (!conversation || !(mailing || asked?.refused)) return null;
  // Not every site signs an address, and some have it masked: the server says so, and then one is typed after all.
  const isKnown = isVerified && asked?.refused !== 'invalid_field';

  function leave() {
    if (asked) line.outbox.drop(asked.id);
    store.set({ mailing: false });
  }

  function submit(event: SubmitEvent) {
    event.preventDefault();
    const email = new FormData(event.currentTarget as HTMLFormElement).get('email');
    leave();
    line.outbox.add({ type: 'transcript', ...(email && { email: `${email}` }) }, conversation ?? undefined);
  }

  return (
    <form class="sure mail" aria-label={t('mailAsk')} onSubmit={submit} onKeyDown={talk?.onEscape(leave)}>
      {isKnown ? (
        <span>{t('mailKnown')}</span>
      ) : (
        <label>
          {t('mailEmail')}
          <input
            name="email"
            type="email"
            autocomplete="email"
            required
            maxLength={limits.emailLength}
            dir="auto"
            defaultValue={answers.email ?? ''}
            ref={focusOnce}
          />
        </label>
      )}
      {phase !== 'ended' && <small>{t('mailWhen')}</small>}
      <span class="bad" role="alert">
        {asked?.refused && t(reasons[asked.refused] ?? 'mailFailed')}
      </span>
      <button type="button" onClick={leave}>
        {t('mailNo')}
      </button>
      <button type="submit" class="keep" ref={isKnown ? focusOnce : null}>
        {t('mailSend')}
      </button>
    </form>
  );
}

/** The same function at every drawing, so that it is called when the element comes and not again. */
const focusOnce = (element: HTMLElement | null) => element?.focus();

export const styles = css`
.mail { flex-direction: row }
.mail label, .mail small { flex: 1 0 100% }
.mail span:empty { display: none }
`;
