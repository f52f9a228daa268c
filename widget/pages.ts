import type { Page } from '../protocol/entities.ts';
import { limits } from '../protocol/limits.ts';

/**
 * Where the visitor is. A fragment stays out, since some log-ins put their secrets there; one that is a route of a
 * single-page app is part of the address.
 */
export function pageNow(): Page {
  const { origin, pathname, search, hash } = location;
  const url = origin + pathname + search + (/^#!?\//.test(hash) ? hash : '');
  return { url: fit(url, limits.urlLength), title: fit(document.title, limits.titleLength) };
}

/** Cut in code units; half a surrogate pair that is left at the end becomes U+FFFD. */
const fit = (text: string, length: number): string => text.slice(0, length).toWellFormed();

/** An app sets the title after the address. */
const settledMs = 300;

/**
 * Tells of every move that a single-page app makes; the history's methods stay as they are. Call it when the visitor
 * acts, for browsers that tell of none.
 */
export function watchPages(tell: (page: Page) => boolean, signal: AbortSignal): () => void {
  let told = '';
  let timer: ReturnType<typeof setTimeout> | undefined;
  const visit = () => {
    const page = pageNow();
    if (page.url !== told && tell(page)) told = page.url;
  };
  const moved = () => {
    clearTimeout(timer);
    timer = setTimeout(visit, settledMs);
  };
  const { navigation } = window as { navigation?: EventTarget };
  navigation?.addEventListener('currententrychange', moved, { signal });
  addEventListener('popstate', moved, { signal });
  signal.addEventListener('abort', () => clearTimeout(timer));
  return visit;
}
