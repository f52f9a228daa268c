import { composer } from './composer.tsx';
import { header } from './header.tsx';
import type { Screen } from './screen.ts';
import { startForm } from './start-form.tsx';

/** The open chat. It traps no focus; Escape leaves it from wherever the focus is inside. */
export const panel = (screen: Screen) => (
  <section
    class="panel"
    aria-label={screen.t('chat')}
    tabIndex={-1}
    onKeyDown={({ key, isComposing }) => key === 'Escape' && !isComposing && screen.close()}
  >
    {header(screen)}
    {screen.talk?.sure(screen)}
    {content(screen)}
  </section>
);

function content(screen: Screen) {
  const { state, phase, t } = screen;
  const { link, site, conversation, again } = state;
  const isLost = link === 'lost';
  if (link === 'refused') return <p class="note">{t('unavailable')}</p>;
  if (!site || (phase === 'none' && conversation))
    return (
      <p class="note late" role="status">
        {t(isLost ? 'lost' : 'moment')}
      </p>
    );
  if (phase === 'none' || again) return (site.closed ? screen.away?.away : startForm)?.(screen);
  return (
    <>
      {log(screen)}
      {isLost && (
        <p class="note late" role="status">
          {t('lost')}
        </p>
      )}
      {screen.files?.shelf(screen)}
      {phase === 'ended' ? screen.talk?.afterChat(screen) : composer(screen)}
    </>
  );
}

/** Read aloud from the first news on, not while it fills with what was said before. */
const log = (screen: Screen) => (
  <div
    class="log"
    role="log"
    aria-live={screen.state.isNews ? 'polite' : 'off'}
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1).
    tabIndex={0}
    ref={screen.talk?.keepAtEnd ?? null}
  >
    {screen.talk?.talk(screen)}
    {screen.phase === 'waiting' && waiting(screen)}
  </div>
);

/** One's place, and what happens next. */
const waiting = ({ state: { place }, t }: Screen) => (
  <p class="note" role="status">
    {place?.text && `${place.text} `}
    {place && (place.place > 1 ? t('place', place.place) : t('next'))}{' '}
    {t(!place ? 'moment' : place.agents ? 'soon' : 'nobody')}
  </p>
);
