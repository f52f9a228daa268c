import type { Role } from '../../protocol/entities.ts';
import type { IconName } from '../icons.ts';
import { isOfDesk, type PagePlace, type Place, placesOf } from '../state/places.ts';
import type { TextKey } from '../texts.ts';
import { pages } from './pages.ts';

/** One way through the console, as the bar at the edge shows it. */
export interface NavEntry {
  readonly place: Place;
  readonly icon: IconName;
  readonly label: TextKey;
  readonly isHere: boolean;
}

/** So many entries fit beside one's account on a screen of 320 px, each under a name in either language. */
const room = 4;

/** Where somebody may go: what is always in sight, and what a small screen keeps behind "More". */
export function navEntries(role: Role, here: Place): { first: NavEntry[]; further: NavEntry[] } {
  const desk = placesOf(role, 'desk').map((place) => ({ place, ...looks(place), isHere: place === here }));
  const all: NavEntry[] = [
    { place: 'chats', icon: 'messages-square', label: 'nav.chats', isHere: here === 'chats' },
    ...desk,
    ...settings(role, here),
  ];
  // "More" needs a place as well.
  const shown = all.length > room ? room - 1 : all.length;
  return { first: all.slice(0, shown), further: all.slice(shown) };
}

const looks = (place: PagePlace): Pick<NavEntry, 'icon' | 'label'> =>
  place === 'log' ? { icon: 'history', label: 'nav.log' } : pages[place];

/** One entry for all of them; it leads to the first. */
function settings(role: Role, here: Place): NavEntry[] {
  const [place] = placesOf(role, 'settings');
  if (!place) return [];
  const isHere = here !== 'chats' && !isOfDesk(here);
  return [{ place, icon: 'settings', label: 'settings.title', isHere }];
}
