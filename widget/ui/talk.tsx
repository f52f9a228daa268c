import { limits } from '../../protocol/limits.ts';
import en from '../texts/en-talk.json' with { type: 'json' };
import nl from '../texts/nl-talk.json' with { type: 'json' };
import { attach } from './attach.tsx';
import { iconButton } from './icon-button.tsx';
import { linkParts } from './link-parts.ts';
import { type MessageRow, type Row, rowsOf } from './rows.ts';
import type { Screen } from './screen.ts';
import { css } from './styles.ts';

export { attach };
export const texts = { en, nl };

/** Whoever is this near to the end wants to stay there. */
const nearEndPx = 80;

/** What was said, from top to bottom; what is added is read aloud by the list around it. */
export function talk(screen: Screen) {
  const { state, phase, agents, line, t } = screen;
  const [agent, other] = agents;
  return (
    <>
      {rowsOf(state, { now: Date.now(), given: line.records.tab.files?.given }).map((row) => rowLine(row, screen))}
      {phase === 'active' && state.agentTypes && (
        <p class="note line">{other ? t('typingSome') : t('typing', agent)}</p>
      )}
    </>
  );
}

function rowLine(row: Row, screen: Screen) {
  const { t, language, want } = screen;
  if (row.kind === 'offer') {
    want('offer', () => import('./offer.tsx'));
    return screen.offer?.offerCard(row, screen);
  }
  if (row.kind !== 'message')
    return (
      <p key={row.key} class="note line">
        {row.kind === 'day' ? dayText(row.at, language) : t(row.text, row.name)}
      </p>
    );
  if (row.files.length) want('files', () => import('./files.tsx'));
  return (
    <div key={row.key} class={`row ${row.author ? '' : 'own'} ${row.isFirst ? 'first' : ''} ${row.delivery}`}>
      {row.isFirst && <span class={row.isNamed ? 'author' : 'unseen'}>{row.author || t('you')}</span>}
      {row.text && bubble(row.text)}
      {screen.files?.fileList(row.files, screen)}
      {foot(row, screen)}
    </div>
  );
}

const bubble = (written: string) => (
  <div class="bubble" dir="auto">
    {linkParts(written).map(({ text, href, shown }) =>
      href ? (
        <a dir="ltr" href={href} target="_blank" rel="noopener noreferrer nofollow ugc">
          {shown ?? text}
        </a>
      ) : (
        text
      ),
    )}
  </div>
);

function foot({ delivery, refused, isLast, at, key }: MessageRow, { t, line: { outbox } }: Screen) {
  if (delivery === 'refused') {
    // Trying again would not bring it back.
    const isGone = refused === 'file_unknown' || refused === 'file_taken';
    return (
      <small class="bad">
        {t('unsent')} {isGone && t('fileGone')}
        <button type="button" onClick={() => (isGone ? outbox.drop(key) : outbox.retry(key))}>
          {t(isGone ? 'discard' : 'retry')}
        </button>
      </small>
    );
  }
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

/** The counter shows from here on. */
const nearLimit = 200;

/** Tells how long the message has become, and whether it may be that long. */
export function count({ form, value }: HTMLTextAreaElement): boolean {
  // Code points, as the server counts them.
  const { length } = Array.from(value);
  const counter = form?.lastElementChild as HTMLElement;
  counter.textContent = length > limits.messageLength - nearLimit ? `${length} / ${limits.messageLength}` : '';
  const fits = length <= limits.messageLength;
  counter.className = fits ? '' : 'bad';
  return fits;
}

/** What follows when it is over: how it was, and the way to another. */
export function afterChat(screen: Screen) {
  if (screen.state.site?.survey) screen.want('survey', () => import('./survey.tsx'));
  return (
    <>
      {screen.survey?.survey(screen)}
      {anotherChat(screen)}
    </>
  );
}

/** Leads to the question where a transcript should go; its place is beside the ways out. */
export const mailButton = ({ store, state, phase, t, want }: Screen) =>
  /active|ended/.test(phase) &&
  state.site?.transcripts &&
  iconButton(t('mail'), 'M3 6h18v12H3zM3 7l9 6 9-6', () => {
    store.set({ mailing: true });
    want('transcript', () => import('./transcript.tsx'));
  });

/** What was answered once need not be asked again. */
const anotherChat = ({ store, state, t, line }: Screen) => (
  <button
    type="button"
    class="primary"
    onClick={() => {
      // Where the agent ended the chat while the visitor was asked, nobody answered.
      store.set({ ending: false });
      if (state.asked.every((name) => state.answers[name])) line.request(state.answers);
      else store.set({ again: true });
    }}
  >
    {t('again')}
  </button>
);

/** What the visitor is asked below the title. */
export const sure = (screen: Screen) => (
  <>
    {endAsked(screen)}
    {screen.transcript?.transcript(screen)}
  </>
);

/** Ending a chat is asked once; the way back has the focus, so that a second click in the same place ends nothing. */
function endAsked({ store, state, phase, t, line }: Screen) {
  const stop = () => store.set({ ending: false });
  if (!state.ending || phase === 'ended') return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset belongs to a form; this is a question with two answers.
    <div class="sure" role="group" aria-label={t('endAsk')} onKeyDown={onEscape(stop)}>
      <span>
        <bdi>{t('endAsk')}</bdi>
      </span>
      <button
        type="button"
        class="bad"
        onClick={() => {
          stop();
          line.outbox.add({ type: 'end' });
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

/** Escape takes back the question that it was pressed in, and leaves the chat open. */
export const onEscape = (takeBack: () => void) => (event: KeyboardEvent) => {
  if (event.key !== 'Escape' || event.isComposing) return;
  event.stopPropagation();
  takeBack();
};

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
  new MutationObserver(toEnd).observe(list, { childList: true, subtree: true });
  // The keyboard of a phone makes the list shorter.
  new ResizeObserver(toEnd).observe(list);
}

export const styles = css`
i { display: inline-block; width: 8px; height: 8px; margin-inline-end: 8px; border: 2px solid var(--edge); border-radius: 50% }
.connected { color: light-dark(#1e7546, #6fd395); border-color: currentcolor; background: currentcolor }
.panel > .primary { margin: 16px }
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
.author { padding-inline: 12px; font-size: 12px; font-weight: 600 }
.row small { padding: 2px 12px }
.row button { border: 0; background: none; text-decoration: underline; min-height: 24px }
.composer:has(.attach) textarea { grid-area: 1 / 1; padding-inline-end: 48px }
.composer .attach { grid-area: 1 / 1; justify-self: end; background: none; color: var(--ink-soft) }
.panel[data-drop]::after {
  content: ""; position: absolute; inset: 4px; border: 2px dashed var(--accent); border-radius: 8px; background: color-mix(in oklch, var(--accent) 12%, transparent); pointer-events: none;
}
.sure { display: flex; flex-wrap: wrap; gap: 8px; padding: 8px 16px 16px; background: var(--sunk) }
.sure span { flex: 1 0 100% }
.sure button { flex: 1; min-height: 44px; padding: 0 12px; border: 1px solid var(--edge); border-radius: 6px; background: var(--paper) }
`;
