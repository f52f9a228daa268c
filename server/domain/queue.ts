import type { QueueSettings } from '../../protocol/queue-settings.ts';

/** A queue as it is made: always open, for everybody, and never full. */
export const plainQueue: QueueSettings = {
  presentMs: null,
  answerWithinMs: 60_000,
  hours: null,
  welcome: '',
  waiting: '',
  whenClosed: { do: 'hours' },
  maxWaiting: null,
  verifiedOnly: false,
};
