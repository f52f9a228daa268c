import type { EventBody } from '../../protocol/entities.ts';

/** The events that move a conversation on: from the request, past who is asked, to its end. Messages, by far the most, do not. */
export const courseEvents: readonly EventBody['type'][] = [
  'requested',
  'presented',
  'declined',
  'lapsed',
  'returned',
  'accepted',
  'joined',
  'left',
  'moved',
  'ended',
];
