import { iconButton } from './icon-button.tsx';
import type { Screen } from './screen.ts';

/** Who helps, and the ways out. */
export function header(screen: Screen) {
  const { store, state, phase, agents, queue, t, wantTalk, close } = screen;
  return (
    <header>
      <h2>
        {agents[0] && <i class={state.link} />}
        <bdi>{agents.join(', ') || (state.site?.name ?? t('chat'))}</bdi>
        {queue && <small> · {queue}</small>}
      </h2>
      {screen.talk?.mailButton(screen)}
      {iconButton(t('minimise'), 'M5 12h14', close)}
      {/waiting|active/.test(phase) &&
        !state.ending &&
        iconButton(t('end'), 'M6 6l12 12M18 6L6 18', () => {
          store.set({ ending: true });
          wantTalk();
        })}
    </header>
  );
}
