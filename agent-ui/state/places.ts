import type { Role } from '../../protocol/entities.ts';

/** Where in the console one can be beside the chats, and who may. What is not in `settings` stands in the bar at the edge. */
export const places = {
  account: { role: 'agent', group: 'account' },
  floor: { role: 'supervisor', group: 'desk' },
  log: { role: 'supervisor', group: 'desk' },
  statistics: { role: 'supervisor', group: 'desk' },
  people: { role: 'admin', group: 'settings' },
  queues: { role: 'admin', group: 'settings' },
  profiles: { role: 'admin', group: 'settings' },
  presets: { role: 'admin', group: 'settings' },
  sites: { role: 'admin', group: 'settings' },
  webhooks: { role: 'admin', group: 'settings' },
  'api-keys': { role: 'admin', group: 'settings' },
  privacy: { role: 'admin', group: 'settings' },
  mail: { role: 'admin', group: 'settings' },
  audit: { role: 'admin', group: 'settings' },
} as const satisfies Readonly<Record<string, { readonly role: Role; readonly group: 'desk' | 'settings' | 'account' }>>;

export type PagePlace = keyof typeof places;
export type Place = 'chats' | PagePlace;

const rank: Record<Role, number> = { agent: 1, supervisor: 2, admin: 3 };

export const mayGo = (role: Role, place: Place): boolean => place === 'chats' || rank[role] >= rank[places[place].role];

/** Not one of the settings, which stand together in a frame of their own. */
export const isOfDesk = (place: PagePlace): boolean => (places[place] as { group: string }).group !== 'settings';

/** Those of a group that somebody may go to, in their order. */
export const placesOf = (role: Role, group: 'desk' | 'settings'): PagePlace[] =>
  (Object.keys(places) as PagePlace[]).filter((place) => places[place].group === group && mayGo(role, place));

/** The place of an address like `#/people`; null where it names none. */
export function placeOf(hash: string): Place | null {
  const name = hash.replace(/^#\/?/, '').split(/[/?]/)[0] ?? '';
  return name === 'chats' || Object.hasOwn(places, name) ? (name as Place) : null;
}
