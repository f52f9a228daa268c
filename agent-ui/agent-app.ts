import { createChime } from './chime.ts';
import { ConsoleApp, type Surroundings } from './components/console-app.ts';
import { followAddress } from './state/address.ts';
import { Desk } from './state/desk.ts';
import { createDeskApi } from './state/desk-api.ts';
import { csrfOf } from './state/desk-state.ts';
import { createKeptMessages } from './state/kept-messages.ts';
import { openPreferences } from './state/preferences.ts';
import { createRest } from './state/rest.ts';
import { Unsaved } from './state/unsaved.ts';

/** The console's page: puts desk and screen together, and hands them what they need of the browser. */

const preferences = openPreferences(() => localStorage);
const chime = createChime();
const isWatched = () => document.visibilityState === 'visible' && document.hasFocus();

/** A phone's browser may have no notifications at all. */
const permission = () => ('Notification' in window ? Notification.permission : 'denied');

const surroundings: Surroundings = {
  languages: navigator.languages,
  firstRun: /^#\/first-run\/([\w-]{43})$/.exec(location.hash)?.[1],
  welcomed: /^#\/welcome\/([\w-]{43})$/.exec(location.hash)?.[1],
  isWatched,
  play: chime.play,
  areNotificationsBlocked: () => permission() === 'denied',
  notify({ title, body, tag, onOpen }) {
    if (permission() !== 'granted') return;
    const notification = new Notification(title, { body, tag });
    notification.onclick = () => {
      window.focus();
      onOpen();
      notification.close();
    };
  },
  allowAlerts({ sound, notifications }) {
    if (sound) chime.allow();
    if (notifications && permission() === 'default') void Notification.requestPermission();
  },
};

const desk = new Desk({
  api: createDeskApi((...request) => fetch(...request)),
  socketUrl: new URL('/api/agent/socket', location.href.replace(/^http/, 'ws')).href,
  now: Date.now,
  isWatched,
  onNews: (news) => app.tell(news),
  kept: createKeptMessages(() => sessionStorage),
  storage: () => sessionStorage,
  profile: {
    get: () => preferences.get().profile,
    set: (profile) => preferences.set({ ...preferences.get(), profile }),
  },
});

const rest = createRest(
  (...request) => fetch(...request),
  () => csrfOf(desk.store.get()),
);
const unsaved = new Unsaved();
const app = new ConsoleApp({ desk, rest, preferences, unsaved, surroundings });
document.body.append(app);

// Sound that was allowed on an earlier visit still waits for the first press on this page.
document.addEventListener('pointerdown', () => preferences.get().sound && chime.allow(), { once: true });
document.addEventListener('keydown', () => preferences.get().sound && chime.allow(), { once: true });
document.addEventListener('visibilitychange', () => desk.looked());
window.addEventListener('focus', () => desk.looked());

window.addEventListener('beforeunload', (event) => unsaved.isAny && event.preventDefault());

followAddress(desk, window, unsaved);
void desk.open();
