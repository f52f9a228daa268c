/**
 * The script tag: reads its settings, draws the button, and fetches the chat once it is wanted. Until then nothing is
 * requested, stored or listened to. Every byte here is paid on every page view, so it imports nothing, says little, and
 * whatever goes wrong costs the page one warning.
 */

/** A call of the page: a command's name and what it takes. */
export type Call = readonly unknown[];

/** Passes on the calls made so far, and from now on each as it is made. */
export type Take = (heed: (call: Call) => void) => void;

interface Balie {
  (...call: Call): void;
  /** What the snippet in the page queued before this script arrived. */
  q?: Iterable<Call>;
  /** There on the loader's own function alone. */
  site?: string;
}

const page = window as unknown as { Balie?: Balie; requestIdleCallback?: (run: () => void) => void };
const early = page.Balie;

/**
 * Important declarations of a shadow root outrank those of the page, so no style sheet out there moves or hides this.
 * The text on the accent is black or white, whichever can be read: at a luminance of .18 both reach 4.5:1 (WCAG 2.2).
 */
const css =
  ':host{all:initial!important;display:block!important;position:fixed!important;' +
  'bottom:var(--balie-bottom,20px)!important;inset-inline-end:var(--balie-side,20px)!important;' +
  'z-index:var(--balie-z-index,2147483000)!important;color-scheme:light dark!important;' +
  '--accent:var(--balie-accent,light-dark(#077,#4bb))!important;' +
  '--on-accent:color(from var(--accent) xyz max(0,(.18 - y)*999)max(0,(.18 - y)*999)max(0,(.18 - y)*999))!important}' +
  ':host([data-position=start]){inset-inline:var(--balie-side,20px) auto!important}' +
  ':host([hidden]){display:none!important}' +
  // The focus ring is the browser's own until the chat, which focus fetches, brings a better one.
  ':host>button{width:56px;padding:12px;border:2px solid transparent;border-radius:50%;outline-offset:2px;cursor:pointer;' +
  'background:var(--accent)border-box;color:var(--on-accent);box-shadow:0 4px 16px #0004}' +
  ':host>button:before{content:"";display:block;height:28px;background:currentcolor;' +
  'clip-path:path("M14 3a12 11 0 1 1-5 20l-6 3 2-6a12 11 0 0 1 9-17")}' +
  // Shown when the chat could not be fetched.
  ':host>p{position:absolute;bottom:52px;inset-inline-end:0;width:max-content;padding:8px 12px;border:1px solid;' +
  'border-radius:6px;background:canvas;font:14px system-ui}:host>p+button{filter:grayscale(1)}' +
  '@media(forced-colors:active){:host>button:before{forced-color-adjust:none;background:buttontext}}' +
  '@media print{:host{display:none!important}}';

function begin(script: HTMLScriptElement) {
  const { site, lang, accent, position, zIndex } = script.dataset;
  const dutch = /^nl\b/i.test(lang || document.documentElement.lang || navigator.language);
  const calls: Call[] = [];
  const balie: Balie = (...call) => heed(call);
  balie.site = site as string;
  page.Balie = balie;
  let fetching = false;
  let tries = 0;
  let kept: string | undefined;

  const host = document.createElement('balie-chat');
  const button = document.createElement('button');
  const note = document.createElement('p');
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [sheet];
  root.append(button);
  button.ariaLabel = dutch ? 'Chat openen' : 'Open chat';
  note.role = 'status';
  note.textContent = dutch ? 'De chat is nu niet bereikbaar.' : "We can't be reached right now.";
  button.onclick = () => balie('open');
  button.onfocus = button.onpointerenter = load;
  host.dataset.position = position ?? '';
  host.style.setProperty('--balie-accent', accent ?? null);
  host.style.setProperty('--balie-z-index', zIndex ?? null);

  function load() {
    if (fetching) return;
    fetching = true;
    // A failed address stays failed for as long as the page lives, so a retry needs another one: the fragment.
    import(`${new URL('widget/__CHAT_MODULE__', script.src)}#${tries++}`)
      .then((chat) => chat.start(host, script, take))
      .then(
        () => note.remove(),
        (error) => {
          fetching = false;
          button.before(note);
          warn(error);
        },
      );
  }

  let heed = (call: Call) => {
    calls.push(call);
    const name = String(call[0]);
    if (name === 'destroy') {
      host.remove();
      delete page.Balie;
    }
    if (name === 'open' || (kept && /^(logout|destroy)$/.test(name))) load();
  };
  const take: Take = (next) => {
    heed = next;
    calls.forEach(next);
  };

  try {
    kept = localStorage[`balie:${site}`];
  } catch {
    // Storage is turned off: no chat can be open.
  }
  // After the body, where Tab reaches it last and no framework that swaps the body takes it along.
  const draw = () => page.Balie === balie && document.documentElement.append(host);
  if (document.body) draw();
  else addEventListener('DOMContentLoaded', draw, { once: true });
  for (const call of early?.q ?? []) balie(...call);
  if (kept?.includes('"open":true')) (page.requestIdleCallback ?? setTimeout)(load);
}

const warn = (reason: unknown) => console.warn('Balie:', reason);

try {
  const script = document.currentScript as HTMLScriptElement;
  if (early?.site) warn('is on this page already');
  // In a sandboxed frame or a local file there is no origin that a site could list.
  else if (origin === 'null' || !script.dataset.site) warn('needs data-site and an origin');
  else begin(script);
} catch (error) {
  warn(error);
}
