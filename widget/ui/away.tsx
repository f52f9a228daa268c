import { limits } from '../../protocol/limits.ts';
import en from '../texts/en-away.json' with { type: 'json' };
import nl from '../texts/nl-away.json' with { type: 'json' };
import type { Screen } from './screen.ts';
import { startForm } from './start-form.tsx';

export const texts = { en, nl };
export const styles = '.start textarea{display:block;width:100%;min-height:96px;resize:vertical}';

/** Why no chat can be started here now, until when, and the form for a message where one can be left. */
export function away(screen: Screen) {
  const { state, t } = screen;
  const { reason, opensAt, form } = state.site?.closed ?? {};
  const note = (
    <>
      <p role="status">{t(reason === 'full' ? 'full' : reason === 'unverified' ? 'unverified' : 'closed')}</p>
      {opensAt && <p>{t('opens', dateText(opensAt, screen))}</p>}
    </>
  );
  if (!form) return <div class="start">{note}</div>;
  return startForm(
    screen,
    <>
      {note}
      <label>
        {t('yourMessage')}
        <textarea name="text" required maxLength={limits.messageLength} dir="auto" />
      </label>
    </>,
    'leave',
  );
}

/** In the visitor's own time zone, which need not be the desk's. */
const dateText = (at: number, { language }: Screen): string =>
  new Intl.DateTimeFormat(language, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
  }).format(at);
