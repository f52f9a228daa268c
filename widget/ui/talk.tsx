import texts from '../texts/en-talk.json' with { type: 'json' };
import { linkParts } from './link-parts.ts';
import { type MessageRow, type Row, rowsOf } from './rows.ts';
import type { Screen } from './screen.ts';
import { css } from './styles.ts';

export { texts };

/** Whoever is this near to the end wants to stay there. */
const nearEndPx = 80;

/** What was said, from top to bottom; what is added is read aloud by the list around it. */
export function talk(screen: Screen) {
  const { state, phase, agent, t } = screen;
  return (
    <>
      {rowsOf(state, Date.now()).map((row) => rowLine(row, screen))}
      {phase === 'active' && state.agentTypes && <p class="note line">{t('typing', agent)}</p>}
    </>
  );
}

function rowLine(row: Row, screen: Screen) {
  const { t, language } = screen;
  if (row.kind !== 'message')
    return (
      <p key={row.key} class="note line">
        {row.kind === 'day' ? dayText(row.at, language) : t(row.text, row.name)}
      </p>
    );
  return (
    <div key={row.key} class={`row ${row.author ? '' : 'own'} ${row.isFirst ? 'first' : ''} ${row.delivery}`}>
      {row.isFirst && <span class="unseen">{row.author || t('you')}</span>}
      <div class="bubble" dir="auto">
        {linkParts(row.text).map(({ text, href, shown }) =>
          href ? (
            <a dir="ltr" href={href} target="_blank" rel="noopener noreferrer nofollow ugc">
              {shown ?? text}
            </a>
          ) : (
            text
          ),
        )}
      </div>
      {foot(row, screen)}
    </div>
  );
}

function foot({ delivery, isLast, at, key }: MessageRow, { t, line }: Screen) {
  if (delivery === 'refused')
    return (
      <small class="bad">
        {t('unsent')}
        <button type="button" onClick={() => line.retry(key)}>
          {t('retry')}
        </button>
      </small>
    );
  return isLast && <small aria-live="off">{new Date(at).toLocaleTimeString([], { timeStyle: 'short' })}</small>;
}

/** "Today" and "yesterday" in the reader's language, and dates beyond that. */
function dayText(at: number, language: string): string {
  const days = Math.round((midnight(at) - midnight(Date.now())) / 86_400_000);
  return days < -1
    ? new Date(at).toLocaleDateString(language, { weekday: 'long', day: 'numeric', month: 'long' })
    : new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(days, 'day');
}

const midnight = (at: number): number => new Date(at).setHours(0, 0, 0, 0);

/** What was answered once need not be asked again. */
export const anotherChat = ({ store, state, t, line }: Screen) => (
  <button
    type="button"
    class="primary"
    onClick={() =>
      state.asked.every((name) => state.answers[name]) ? line.request(state.answers) : store.set({ again: true })
    }
  >
    {t('again')}
  </button>
);

/** Ending a chat is asked once; the way back has the focus, so that a second click in the same place ends nothing. */
export function sure({ store, state, phase, t, line }: Screen) {
  const stop = () => store.set({ ending: false });
  if (!state.ending || phase === 'ended') return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset belongs to a form; this is a question with two answers.
    <div class="sure" role="group" aria-label={t('endAsk')}>
      <span>
        <bdi>{t('endAsk')}</bdi>
      </span>
      <button
        type="button"
        class="bad"
        onClick={() => {
          stop();
          line.end();
        }}
      >
        {t('end')}
      </button>
      <button type="button" class="keep" onClick={stop}>
        {t('endNo')}
      </button>
    </div>
  );
}

/** Given the list when it appears. What it watches with goes when the list goes. */
export function keepAtEnd(list: HTMLElement | null) {
  if (!list) return;
  let isAtEnd = true;
  const toEnd = () => {
    if (isAtEnd || list.querySelector('.sending')) list.scrollTop = list.scrollHeight;
  };
  list.onscroll = () => {
    isAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < nearEndPx;
  };
  new MutationObserver(toEnd).observe(list, { childList: true });
  // The keyboard of a phone makes the list shorter.
  new ResizeObserver(toEnd).observe(list);
}

export const styles = css`
.line { font-size: 12px }
.line::first-letter { text-transform: uppercase }
.row { display: flex; flex-direction: column; align-items: start; margin-top: 2px }
.first { margin-top: 12px }
.own { align-items: end }
.bubble {
  max-width: 85%; padding: 8px 12px; border-radius: 18px; background: var(--sunk);
  overflow: clip; white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: isolate;
}
.own .bubble { background: var(--accent); color: var(--on-accent) }
.sending .bubble { opacity: .6 }
.row small { padding: 2px 12px }
.row button { border: 0; background: none; text-decoration: underline; min-height: 24px }
.sure { display: flex; flex-wrap: wrap; gap: 8px; padding: 8px 16px 16px; background: var(--sunk) }
.sure span { flex: 1 0 100% }
.sure button { flex: 1; min-height: 44px; padding: 0 12px; border: 1px solid var(--edge); border-radius: 6px; background: var(--paper) }
`;
