import { BalieChat } from './element.ts';
import type { Take } from './loader.ts';
import { openChat } from './open-chat.tsx';
import { loadSpeech } from './texts/speech.ts';

/** What the loader fetches. Takes over its element and its button, and then every call that the page makes. */
export async function start(host: HTMLElement, script: HTMLScriptElement, take: Take): Promise<void> {
  const speech = await loadSpeech(script.dataset.lang || document.documentElement.lang || navigator.language);
  if (!customElements.get('balie-chat')) customElements.define('balie-chat', BalieChat);
  customElements.upgrade(host);
  (host as BalieChat).begin((life) => openChat({ host, script, take, speech, life }));
}
