import { render } from 'preact';
import { createApi } from './api.ts';
import { initialState, standingOf, unreadCount } from './chat-state.ts';
import type { Take } from './loader.ts';
import { createStore } from './store.ts';
import type { Speech } from './texts/speech.ts';
import { keepInView } from './ui/keep-in-view.ts';
import { panel } from './ui/panel.tsx';
import type { Parts, Screen } from './ui/screen.ts';
import { styles } from './ui/styles.ts';
import { createVisitorLine } from './visitor-line.ts';

export interface OpenChatOptions {
  readonly host: HTMLElement;
  readonly script: HTMLScriptElement;
  readonly take: Take;
  readonly speech: Speech;
  readonly life: AbortSignal;
}

/** The chat on a page: line, screen and calls put together, and taken apart when `life` ends. */
export function openChat({ host, script, take, speech, life }: OpenChatOptions) {
  const { site = '', queue, token } = script.dataset;
  const root = host.shadowRoot as ShadowRoot;
  const button = root.querySelector('button') as HTMLButtonElement;
  const badge = document.createElement('b');
  const mount = document.createElement('div');
  addStyles(styles);
  button.append(badge);
  root.append(mount);
  mount.lang = speech.language;
  mount.className = 'chat';
  button.setAttribute('aria-describedby', 'unread');

  let frame = 0;
  let isFocusWanted = false;
  const parts: { -readonly [Name in keyof Parts]: Parts[Name] } = {};
  const store = createStore(initialState, () => {
    frame ||= requestAnimationFrame(draw);
  });
  const emit = (name: string, detail?: object) =>
    host.dispatchEvent(new CustomEvent(`balie:${name}`, { detail, bubbles: true, composed: true }));
  const line = createVisitorLine({
    site,
    queue,
    locale: speech.language,
    url: new URL(`api/visitor/socket?site=${site}`, script.src).href.replace('http', 'ws'),
    store,
    signal: life,
    emit,
  });

  function addStyles(css: string) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets.push(sheet);
  }

  const want: Screen['want'] = async (name, load) => {
    if (name in parts) return;
    parts[name] = undefined;
    try {
      const part = await load();
      speech.add(part.texts);
      addStyles(part.styles);
      parts[name] = part;
      draw();
    } catch {
      delete parts[name];
    }
  };
  /** Whoever types will read; and whoever came back finds more than the request. */
  const wantTalk = () => want('talk', () => import('./ui/talk.tsx'));

  function draw() {
    frame = 0;
    line.look();
    const { state } = store;
    if (state.events.length > 1) wantTalk();
    if (state.site?.closed) want('away', () => import('./ui/away.tsx'));
    const unread = unreadCount(state);
    const screen: Screen = {
      ...speech,
      ...standingOf(state),
      ...parts,
      store,
      state,
      root,
      line,
      life,
      want,
      wantTalk,
      close,
    };
    const held = root.activeElement;
    button.hidden = state.shown;
    badge.textContent = `${unread || ''}`;
    button.className = /lost|refused/.test(state.link) ? 'off' : '';
    render(
      <>
        <span id="unread" class="unseen" role="status">
          {unread && !state.shown ? speech.t('unread', unread) : ''}
        </span>
        {state.shown && panel(screen)}
      </>,
      mount,
    );
    // What had the focus is gone, and the visitor's next key press should not go to the page.
    if (state.shown && (isFocusWanted || (held && !held.isConnected))) giveFocus();
  }

  function giveFocus() {
    // On a phone the focus of a text box brings up the keyboard, and half of the chat is gone before it was seen.
    const wanted = matchMedia('(pointer:fine)').matches
      ? '.keep,textarea,input,.primary'
      : '.keep,.panel:not(:has(.keep))';
    const target = mount.querySelector<HTMLElement>(wanted);
    target?.focus();
    isFocusWanted = !target;
  }

  const close = () => show(false);

  function show(shown: boolean) {
    if (shown === store.state.shown) return;
    const isInside = document.activeElement === host;
    isFocusWanted = shown;
    line.show(shown);
    // At once: phones move the focus only while the tap that asked for it lasts.
    draw();
    if (isInside && !shown) button.focus();
    emit(shown ? 'open' : 'close');
  }

  life.addEventListener('abort', () => {
    cancelAnimationFrame(frame);
    render(null, mount);
    host.remove();
    delete (window as { Balie?: unknown }).Balie;
  });
  keepInView(mount, life);
  if (token) void line.identify(token);
  take(createApi({ line, show, end: () => host.remove() }));

  // Goes on as the last page left it; but a small screen that it would cover is the page's until asked for.
  const { kept } = line.records;
  if (kept?.open) {
    if (kept.shown && matchMedia('(min-width:481px)').matches) line.show(true);
    else line.wake();
  }
}
