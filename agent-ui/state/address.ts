import type { Desk } from './desk.ts';
import { type Place, placeOf } from './places.ts';
import type { Unsaved } from './unsaved.ts';

/** Keeps the page's address (`#/people`) and the place of the desk the same, so that Back works and a link leads there. */
export function followAddress(
  desk: Pick<Desk, 'store' | 'act'>,
  page: Pick<Window, 'location' | 'addEventListener'>,
  unsaved: Pick<Unsaved, 'isAny' | 'leave'>,
) {
  let last: Place = 'chats';
  const follow = () => {
    const place = placeOf(page.location.hash) ?? 'chats';
    const here = desk.store.get().place;
    if (place === here) return;
    // What is asked before it is left is still the page that is open.
    if (unsaved.isAny) page.location.hash = `#/${here}`;
    unsaved.leave(() => desk.act({ type: 'go', place }));
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
