import type { Desk } from './desk.ts';
import { type Place, placeOf } from './places.ts';

/** Keeps the page's address (`#/people`) and the place of the desk the same, so that Back works and a link leads there. */
export function followAddress(desk: Pick<Desk, 'store' | 'act'>, page: Pick<Window, 'location' | 'addEventListener'>) {
  let last: Place = 'chats';
  const follow = () => {
    const place = placeOf(page.location.hash) ?? 'chats';
    if (place !== desk.store.get().place) desk.act({ type: 'go', place });
  };
  let isIn = false;
  desk.store.subscribe(() => {
    const { session, place } = desk.store.get();
    const wasIn = isIn;
    isIn = session.kind === 'signed-in';
    // Where the link led to counts once it is known who is there.
    if (isIn && !wasIn) return follow();
    if (!isIn || place === last) return;
    last = place;
    if (placeOf(page.location.hash) !== place) page.location.hash = `#/${place}`;
  });
  page.addEventListener('hashchange', follow);
}
