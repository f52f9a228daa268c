import { type PreviewLook, type PreviewScene, parseScene } from '../state/widget-preview.ts';
import { challengeFrame, sceneFrames } from './scene-frames.ts';

/**
 * The page in the frame beside the form of a site's look: the widget as it was built, on a line that leads nowhere. So it
 * asks no server for anything, leaves nothing in the browser, and takes no focus from who fills in the form.
 */
function show(script: HTMLScriptElement) {
  // Words of somebody's choosing, at our address, stand in the console alone.
  const scene = window.parent === window ? null : parseScene(location.hash);
  if (!scene) {
    // The loader, which comes next, draws nothing without it.
    delete script.dataset.site;
    return;
  }
  script.dataset.lang = scene.language;
  HTMLElement.prototype.focus = () => {};
  Object.assign(window, {
    WebSocket: lineOf(scene),
    Balie: { q: scene.view === 'button' ? [] : [['open']] },
  });
  addEventListener('message', ({ source, data }) => source === window.parent && wear(data as PreviewLook));
}

/** What the browser prefers would otherwise decide, and no style from outside comes against the widget's own. */
const dye = new CSSStyleSheet();

function wear({ accent, side, scheme }: PreviewLook) {
  const host = document.querySelector<HTMLElement>('balie-chat');
  host?.style.setProperty('--balie-accent', accent);
  host?.setAttribute('data-position', side === 'left' ? 'start' : '');
  document.documentElement.style.colorScheme = scheme;
  dye.replaceSync(`:host{color-scheme:${scheme}!important}`);
  const sheets = host?.shadowRoot?.adoptedStyleSheets;
  if (sheets && !sheets.includes(dye)) sheets.push(dye);
}

/** Of a WebSocket what the widget uses. */
const lineOf = (scene: PreviewScene) =>
  class {
    onmessage: ((event: { readonly data: string }) => void) | null = null;

    constructor() {
      queueMicrotask(() => this.#tell(challengeFrame(Date.now())));
    }

    send(text: string) {
      if ((JSON.parse(text) as { type: string }).type !== 'hello') return;
      for (const frame of sceneFrames(scene, Date.now())) this.#tell(frame);
    }

    close() {}

    #tell(frame: object) {
      this.onmessage?.({ data: JSON.stringify(frame) });
    }
  };

const script = document.querySelector<HTMLScriptElement>('script[data-site]');
if (script) show(script);
