import type { Audience, EventBody, EventType } from '../../protocol/entities.ts';

/**
 * The one place that decides who may see an event. Every way out (socket, history, transcript, export, search) asks it,
 * or reads `visitorSeq`, which is given by it alone.
 */
export const audienceOf = (body: EventBody): Audience =>
  body.type === 'message' ? body.audience : audiences[body.type];

const audiences: Record<Exclude<EventType, 'message'>, Audience> = {
  requested: 'everyone',
  accepted: 'everyone',
  joined: 'everyone',
  left: 'everyone',
  moved: 'everyone',
  offered: 'everyone',
  answered: 'everyone',
  withdrawn: 'everyone',
  transcript: 'everyone',
  confirmed: 'everyone',
  ended: 'everyone',
  rated: 'everyone',
  visited: 'agents',
  claimed: 'agents',
  verified: 'agents',
  unverified: 'agents',
  presented: 'agents',
  declined: 'agents',
  lapsed: 'agents',
  returned: 'agents',
  invited: 'agents',
  asked: 'agents',
  unanswered: 'agents',
  uninvited: 'agents',
  classified: 'agents',
};
