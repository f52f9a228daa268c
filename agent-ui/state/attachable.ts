import type { Floor } from './floor.ts';
import type { OpenChats } from './open-chats.ts';

/** The chats that files can be attached to: the tabs, and the one that is read on the floor, which is no tab. */
export const attachable = (floor: Floor, chats: OpenChats): Pick<OpenChats, 'find' | 'change'> => ({
  find: (id) => floor.find(id) ?? chats.find(id),
  change: (id, change) => {
    if (!floor.change(id, change)) chats.change(id, change);
  },
});
